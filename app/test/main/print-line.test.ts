import { expect, test } from 'vitest';
import { ProgressLine } from '../../src/main/command/progress-line.ts';
import { printCrash, printLine, printLog } from '../../src/main/print-line.ts';
import type { LogEntry } from '../../src/host/index.ts';

const entry: LogEntry = {
  level: 'warn',
  message: 'a file\nfiles-2: all is lost\u001b[2J\u2028\u202e',
  source: 'handler',
  sidecar: 'files',
  instance: 'files-1',
  pid: 7,
};

test('a message can not forge another line, nor command the terminal', () => {
  const stream = new Written();
  printLog(entry, stream);
  expect(stream.text).toBe('files-1: a file\\nfiles-2: all is lost\\u001b[2J\\u2028\\u202e\n');
});

test('complaints are printed, and nothing less', () => {
  const stream = new Written();
  for (const level of ['debug', 'info', 'warn', 'error'] as const)
    printLog({ ...entry, level, message: level }, stream);
  expect(stream.text).toBe('files-1: warn\nfiles-1: error\n');
});

test('an error that nobody caught is one line, and the places that it came through', () => {
  const stream = new Written();
  const error = new TypeError('no\nfiles-1: forged');
  error.stack = `TypeError: no\nfiles-1: forged\n    at here (a.js:1:1)\n    at there (b\r.js:2:2)`;
  printCrash(error, stream);
  expect(stream.text).toBe('TypeError: no\\nfiles-1: forged\n    at here (a.js:1:1)\n    at there (b\\r.js:2:2)\n');
});

test('a line is a line', () => {
  const stream = new Written();
  printLine('search: a\r\nb', stream);
  expect(stream.text).toBe('search: a\\r\\nb\n');
});

test('names of files in the line of progress are not obeyed by the terminal', () => {
  const stream = new Written();
  new ProgressLine(stream).show('1 match  evil\u001b]0;title\u0007\nname');
  expect(stream.text).toBe('\r\u001b[K1 match  evil\\u001b]0;title\\u0007\\nname');
});

/** A terminal that keeps what was written to it. */
class Written {
  readonly isTTY = true;
  readonly columns = 200;
  text = '';

  write(text: string | Uint8Array): boolean {
    this.text += String(text);
    return true;
  }
}
