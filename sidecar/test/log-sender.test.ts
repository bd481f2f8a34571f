import { setImmediate } from 'node:timers/promises';
import type { LogRecord } from 'ipc-link/contract';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { LogSender } from '../src/log-sender.ts';

let printed = '';

beforeEach(() => {
  printed = '';
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    printed += String(text);
    return true;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
});

test('what the host has not answered is bounded; past that a line is printed whole', () => {
  const { logs, sent } = create();
  for (let number = 0; number < 2_000; number++) logs.send(record(`line ${number}`, { number }));
  expect(sent).toHaveLength(1_024);
  const lines = printed.split('\n');
  expect(lines[0]).toBe('[info] line 1024 { number: 1024 } (request r1)');
  expect(lines.slice(0, -1)).toHaveLength(2_000 - 1_024);
});

test('so are its bytes', () => {
  const { logs, sent } = create();
  for (let number = 0; number < 100; number++) logs.send(record('x', { blob: Buffer.alloc(100_000) }));
  expect(sent).toHaveLength(10);
});

test('a line that is larger than the bound goes where nothing else is under way', async () => {
  const { logs, sent, answer } = create();
  const huge = record('x'.repeat(3_000_000));
  logs.send(huge);
  logs.send(record('y'));
  expect(sent).toEqual([huge]);
  expect(printed).toBe('[info] y (request r1)\n');
  await answer();
  logs.send(huge);
  expect(sent).toEqual([huge, huge]);
});

test('each answer makes room for another line', async () => {
  const { logs, sent, answer } = create();
  for (let number = 0; number < 1_024; number++) logs.send(record('early'));
  await answer();
  logs.send(record('late'));
  expect(sent).toHaveLength(1_025);
  expect(printed).toBe('');
});

test('a line that can not be sent is printed, with the reason, and makes room', async () => {
  const { logs, refuse } = create();
  logs.send(record('a\nb'));
  await refuse(new Error('no link'));
  expect(printed).toBe('[info] a\\nb (request r1) (not logged over the link: no link)\n');
});

test('a handler that logs what can not be looked at goes on, and its line is printed', () => {
  const { logs } = create();
  const fields = {
    get broken(): never {
      throw new Error('not this one');
    },
  };
  logs.send(record('kept', fields));
  expect(printed).toBe('[info] kept { broken: [Getter] } (request r1) (not logged over the link: not this one)\n');
});

test('what was logged in the last turn before the end is printed, and nothing that has left', async () => {
  const { logs } = create();
  logs.send(record('has left'));
  await setImmediate();
  logs.send(record('the last'));
  logs.printLeaving();
  logs.printLeaving();
  expect(printed).toBe('[info] the last (request r1)\n');
});

test('what was logged in the last turn and could not be sent is printed once', async () => {
  const { logs, refuse } = create();
  logs.send(record('the last'));
  const refused = refuse(new Error('no link'));
  await Promise.resolve();
  await Promise.resolve();
  logs.printLeaving();
  await refused;
  expect(printed).toBe('[info] the last (request r1) (not logged over the link: no link)\n');
});

function record(message: string, fields?: LogRecord['fields']): LogRecord {
  return { level: 'info', message, ...(fields === undefined ? {} : { fields }), requestId: 'r1' };
}

function create(): {
  logs: LogSender;
  sent: unknown[];
  /** Settles the oldest that waits. */
  answer: () => Promise<void>;
  refuse: (error: Error) => Promise<void>;
} {
  const sent: unknown[] = [];
  const waiting: { resolve: () => void; reject: (error: Error) => void }[] = [];
  const send = (_name: string, data: unknown): Promise<{ id: string; success: boolean }> => {
    sent.push(data);
    return new Promise((resolve, reject) =>
      waiting.push({ resolve: () => resolve({ id: 'r2', success: true }), reject }),
    );
  };
  const settle = async (how: (oldest: (typeof waiting)[number]) => void): Promise<void> => {
    const oldest = waiting.shift();
    if (oldest !== undefined) how(oldest);
    await setImmediate();
  };
  return {
    logs: new LogSender({ send }, 'host'),
    sent,
    answer: () => settle(({ resolve }) => resolve()),
    refuse: (error) => settle(({ reject }) => reject(error)),
  };
}
