import { describe, expect, test } from 'vitest';
import { toJson } from '../../src/console/copied-view.ts';
import { Ring } from '../../src/console/ring.ts';
import { ConsoleStore } from '../../src/console/store.ts';
import { summarise } from '../../src/console/summary.ts';
import { call, figures, instance, line, tick } from './make.ts';

test('a ring keeps the last of what came, in order', () => {
  const ring = new Ring<number>(3);
  for (let value = 1; value <= 11; value++) {
    ring.add(value);
    expect(ring.items).toEqual([value - 2, value - 1, value].filter((each) => each > 0));
  }
  ring.add(...[12, 13, 14, 15, 16, 17]);
  expect(ring.items).toEqual([15, 16, 17]);
});

describe('the store', () => {
  test('keeps two minutes of figures, and counts what was left out of samples', () => {
    const store = new ConsoleStore();
    for (let each = 0; each < 300; each++)
      store.take(tick({ figures: figures({ at: each * 500 }), calls: { items: [call()], total: 100 } }));
    const { history, calls, totalCalls } = store.view;
    expect(history).toHaveLength(240);
    expect(history[0]?.at).toBe(30_000);
    expect(calls).toHaveLength(300);
    expect(totalCalls).toBe(30_000);
  });

  test('holds no more than it may while 100,000 calls a second go by', () => {
    const store = new ConsoleStore();
    const items = Array.from({ length: 250 }, () => call());
    for (let each = 0; each < 240; each++) store.take(tick({ calls: { items, total: 50_000 } }));
    expect(store.view.calls).toHaveLength(10_000);
    expect(store.view.totalCalls).toBe(12_000_000);
  });

  test('shows the same while it is paused, and all that came meanwhile when it goes on', () => {
    const store = new ConsoleStore();
    store.take(tick({ instances: [instance()] }));
    store.pause();
    const before = store.view;
    store.take(tick({ calls: { items: [call()], total: 1 } }));
    expect(store.view).toBe(before);
    store.resume();
    expect(store.view).toMatchObject({ calls: [call()], totalCalls: 1, instances: [] });
    expect(store.view.history).toHaveLength(2);
  });
});

test('the summary tells what is ready and the rates of the last two seconds', () => {
  const store = new ConsoleStore();
  store.take(tick({ figures: figures({ calls: 9_999 }) }));
  const instances = [instance(), instance({ instance: 'files-2', state: 'backoff' })];
  for (let each = 0; each < 4; each++) store.take(tick({ figures: figures({ calls: 700, failures: 1 }), instances }));
  expect(summarise(store.view)).toBe('1 of 2 instances ready · 1,400 calls/s · 2.0 failed/s');
});

test('what is copied is what the filter lets through', () => {
  const store = new ConsoleStore();
  const calls = { items: [call(), call({ id: 'b2', failure: 'refused' })], total: 9 };
  store.take(tick({ instances: [instance()], calls, lines: { items: [line()], total: 1 } }));
  expect(JSON.parse(toJson(store.view, { text: 'b2', troublesOnly: false }))).toMatchObject({
    ...{ instances: [instance()], totalCalls: 9, totalLines: 1, lines: [] },
    calls: [{ id: 'b2', failure: 'refused' }],
  });
});
