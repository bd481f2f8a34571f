import { type Filter, filterCalls, filterLines } from './filter.ts';
import type { ConsoleView } from './store.ts';

/** What 'Copy as JSON' copies: all that is shown, the log as far as the filter lets through. */
export function toJson(view: ConsoleView, filter: Filter): string {
  const { instances, history, totalCalls, totalLines } = view;
  const calls = filterCalls(view.calls, filter);
  const lines = filterLines(view.lines, filter);
  return JSON.stringify({ instances, history, calls, totalCalls, lines, totalLines }, null, 2);
}
