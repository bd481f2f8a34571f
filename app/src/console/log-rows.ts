import type { ConsoleCall, ConsoleLine } from '../bridge/console-messages.ts';
import { formatBytes } from '../renderer/src/format/bytes.ts';
import { formatLatency } from './format.ts';
import type { Cells } from './row-list.ts';

export const callColumns = ['Time', 'Direction', 'Task', 'Id', 'Duration', 'Request', 'Reply', 'Result'];
export const lineColumns = ['Time', 'Instance', 'Level', 'Source', 'Message'];

export function writeCall(call: ConsoleCall): Cells {
  const { at, peer, task, id, isStream, durationMs, requestBytes, replyBytes, failure } = call;
  return [
    formatTime(at),
    `→ ${peer}`,
    task === null ? '(message)' : `${task}${isStream ? ' (stream)' : ''}`,
    { text: id, tone: 'faint' },
    { text: formatLatency(durationMs), tone: 'end' },
    { text: formatBytes(requestBytes), tone: 'end' },
    { text: formatBytes(replyBytes), tone: 'end' },
    failure === null ? { text: 'ok', tone: 'good' } : { text: failure, tone: 'bad' },
  ];
}

export function writeLine({ at, level, instance, source, message }: ConsoleLine): Cells {
  return [
    formatTime(at),
    `← ${instance}`,
    { text: level, tone: toneOf(level) },
    { text: source, tone: 'faint' },
    message,
  ];
}

function toneOf(level: string): string {
  if (level === 'error') return 'bad';
  return level === 'warn' ? 'warn' : 'faint';
}

const time = new Intl.DateTimeFormat('en-GB', {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
});

function formatTime(at: number): string {
  return time.format(at);
}
