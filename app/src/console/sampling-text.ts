import { formatCount } from '../renderer/src/format/count.ts';
import type { ConsoleView } from './store.ts';

/** Says how much of what there was the list holds: all, the newest of all, or a sample. */
export function describeSample(
  what: 'calls' | 'lines',
  { view, shown }: { readonly view: ConsoleView; readonly shown: number },
): string {
  const [kept, total] = what === 'calls' ? [view.calls.length, view.totalCalls] : [view.lines.length, view.totalLines];
  const of =
    kept === total
      ? `${formatCount(total)} ${what}`
      : `a sample of ${formatCount(kept)}, out of ${formatCount(total)} ${what}`;
  if (total === 0) return '';
  if (shown === kept) return kept === total ? `All ${of}` : `Shows ${of}`;
  return `${formatCount(shown)} match in ${of}`;
}
