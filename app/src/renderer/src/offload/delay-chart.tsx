import { type ReactElement, useEffect, useRef } from 'react';
import uPlot from 'uplot';
import type { OffloadResult } from '../../../bridge/offload-messages.ts';
import { readColor } from '../styles/read-color.ts';
import { toDelayData } from './chart-data.ts';
import { describeFigures, formatDelay } from './offload-text.ts';

const HEIGHT = 240;

/** The main process's event-loop delay over time, for both places on one axis. */
export function DelayChart({ result }: { readonly result: OffloadResult }): ReactElement {
  const space = useRef<HTMLElement>(null);
  useEffect(() => {
    const element = space.current;
    if (element === null) return undefined;
    const plot = new uPlot(describe(element), toDelayData(result), element);
    const fit = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    fit.observe(element);
    const scheme = matchMedia('(prefers-color-scheme: dark)');
    const redraw = (): void => plot.redraw();
    scheme.addEventListener('change', redraw);
    return () => {
      scheme.removeEventListener('change', redraw);
      fit.disconnect();
      plot.destroy();
    };
  }, [result]);
  const { main, sidecars } = result;
  const label = `Event-loop delay of the main process. Job in main: ${describeFigures(main)}. Job in sidecars: ${describeFigures(sidecars)}.`;
  return <figure className="delay-chart" ref={space} aria-label={label} data-testid="delay-chart" />;
}

function describe(element: HTMLElement): uPlot.Options {
  const font = `11px ${getComputedStyle(element).fontFamily}`;
  const axis = { stroke: () => readColor('--muted'), font, ticks: { show: false } };
  const grid = { stroke: () => readColor('--line'), width: 1 };
  const line = { width: 2, points: { show: false } };
  return {
    width: element.clientWidth,
    height: HEIGHT,
    padding: [10, 16, 0, 0],
    legend: { show: false },
    cursor: { show: false },
    scales: { x: { time: false }, y: { range: (_plot, _min, max) => [0, Math.max(20, (max ?? 0) * 1.05)] } },
    axes: [
      { ...axis, size: 28, grid: { show: false }, values: (_plot, splits) => splits.map((seconds) => `${seconds} s`) },
      {
        ...axis,
        size: 62,
        grid,
        values: (_plot, splits) => splits.map((ms) => (ms === 0 ? '0' : formatDelay(ms))),
      },
    ],
    series: [
      {},
      { ...line, label: 'Job in main', stroke: () => readColor('--bad') },
      { ...line, label: 'Job in sidecars', stroke: () => readColor('--good') },
    ],
  };
}
