import { describe, expect, test } from 'vitest';
import { chartPlans, toChartData } from '../../src/console/series.ts';
import { figures } from './make.ts';

const [calls, latency, bytes, loop] = chartPlans.map(({ lines }) => lines);

describe('chart data', () => {
  const history = [
    figures({ at: 10_000, calls: 50, failures: 5, p50: 2, p99: 9, bytes: 1_000, loopDelay: 3 }),
    figures({ at: 11_000, spanMs: 1_000, calls: 50, bytes: 1_000, loopDelay: 4 }),
  ];

  test('have rates a second, whatever the tick took, against the age in seconds', () => {
    expect(toChartData(history, calls ?? [])).toEqual([
      [-1, 0],
      [100, 50],
      [10, 0],
    ]);
    expect(toChartData(history, bytes ?? [])).toEqual([
      [-1, 0],
      [2_000, 1_000],
    ]);
  });

  test('have a gap where no call gave a latency', () => {
    expect(toChartData(history, latency ?? [])).toEqual([
      [-1, 0],
      [2, null],
      [9, null],
    ]);
    expect(toChartData(history, loop ?? [])).toEqual([
      [-1, 0],
      [3, 4],
    ]);
  });

  test('reach two minutes back, also where ticks were left out in between', () => {
    const [ages] = toChartData([figures({ at: 0 }), figures({ at: 60_000 }), figures({ at: 180_000 })], calls ?? []);
    expect(ages).toEqual([-120, 0]);
  });

  test('are empty before the first tick', () => {
    expect(toChartData([], calls ?? [])).toEqual([[], [], []]);
  });
});

test('numbers of the scales are short', () => {
  const texts = chartPlans.map(({ formatRound }) => [0, 5, 2_500, 20_000_000].map(formatRound));
  expect(texts).toEqual([
    ['0', '5', '2,500', '20,000,000'],
    ['0', '5 ms', '2.5 s', '20000 s'],
    ['0', '5 B', '2.5 kB', '20 MB'],
    ['0', '5 ms', '2.5 s', '20000 s'],
  ]);
});
