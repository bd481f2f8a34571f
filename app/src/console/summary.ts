import type { ConsoleFigures } from '../bridge/console-messages.ts';
import { formatCounted } from '../renderer/src/format/count.ts';
import { formatRate } from './format.ts';
import type { ConsoleView } from './store.ts';

/** How many ticks a rate in the summary goes over: one alone is restless. */
const TICKS = 4;

/** The view in one line. */
export function summarise({ instances, history }: ConsoleView): string {
  const ready = instances.filter(({ state }) => state === 'ready').length;
  const recent = history.slice(-TICKS);
  const failures = perSecond(recent, ({ failures: count }) => count);
  const parts = [
    `${ready} of ${formatCounted(instances.length, 'instance')} ready`,
    `${formatRate(perSecond(recent, ({ calls }) => calls))} calls/s`,
  ];
  return [...parts, ...(failures > 0 ? [`${formatRate(failures)} failed/s`] : [])].join(' · ');
}

function perSecond(figures: readonly ConsoleFigures[], countOf: (figure: ConsoleFigures) => number): number {
  const spanMs = figures.reduce((sum, figure) => sum + figure.spanMs, 0);
  return spanMs === 0 ? 0 : (figures.reduce((sum, figure) => sum + countOf(figure), 0) * 1_000) / spanMs;
}
