import type { ConsoleCall, ConsoleLine } from '../bridge/console-messages.ts';

/** What the log is narrowed down to. */
export interface Filter {
  /** Words, all of which must occur, wherever and in whatever case. */
  readonly text: string;
  /** Only calls that failed, or lines that warn. */
  readonly troublesOnly: boolean;
}

export function filterCalls(calls: readonly ConsoleCall[], { text, troublesOnly }: Filter): readonly ConsoleCall[] {
  const words = split(text);
  if (words.length === 0 && !troublesOnly) return calls;
  return calls.filter((call) => {
    const { peer, task, id, failure } = call;
    if (troublesOnly && failure === null) return false;
    return holds(`${peer} ${task ?? ''} ${id} ${failure ?? 'ok'}`, words);
  });
}

export function filterLines(lines: readonly ConsoleLine[], { text, troublesOnly }: Filter): readonly ConsoleLine[] {
  const words = split(text);
  if (words.length === 0 && !troublesOnly) return lines;
  return lines.filter(({ level, instance, source, message }) => {
    if (troublesOnly && level !== 'warn' && level !== 'error') return false;
    return holds(`${level} ${instance} ${source} ${message}`, words);
  });
}

function split(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function holds(text: string, words: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return words.every((word) => lower.includes(word));
}
