import type { ConsoleFigures } from '../bridge/console-messages.ts';
import { formatCounted } from '../renderer/src/format/count.ts';
import { formatRate } from './format.ts';
import { perSecond } from './series.ts';
import type { ConsoleView } from './store.ts';

/** How many ticks a rate in the summary goes over: one alone is restless. */
const TICKS = 4;

/** The view in one line. */
export function summarise({ instances, history }: ConsoleView): string {
  const ready = instances.filter(({ state }) => state === 'ready').length;
  const recent = history.slice(-TICKS);
  const failures = rateOf(recent, ({ failures: count }) => count);
  const parts = [
    `${ready} of ${formatCounted(instances.length, 'instance')} ready`,
    `${formatRate(rateOf(recent, ({ calls }) => calls))} calls/s`,
  ];
  return [...parts, ...(failures > 0 ? [`${formatRate(failures)} failed/s`] : [])].join(' · ');
}

function rateOf(figures: readonly ConsoleFigures[], countOf: (figure: ConsoleFigures) => number): number {
  const spanMs = figures.reduce((sum, figure) => sum + figure.spanMs, 0);
  const count = figures.reduce((sum, figure) => sum + countOf(figure), 0);
  return perSecond(count, spanMs);
}
