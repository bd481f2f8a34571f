import { expect, test } from 'vitest';
import { createLog, logLevels, type LogRecord } from '../../src/contract/log.ts';

test('a log hands on each line as a record, with its fields and request where it has them', () => {
  const records: LogRecord[] = [];
  const log = createLog((record) => records.push(record), 'request');
  for (const level of logLevels) log[level](`a ${level}`, { level });
  createLog((record) => records.push(record)).warn('bare');
  expect(records).toStrictEqual([
    { level: 'debug', message: 'a debug', fields: { level: 'debug' }, requestId: 'request' },
    { level: 'info', message: 'a info', fields: { level: 'info' }, requestId: 'request' },
    { level: 'warn', message: 'a warn', fields: { level: 'warn' }, requestId: 'request' },
    { level: 'error', message: 'a error', fields: { level: 'error' }, requestId: 'request' },
    { level: 'warn', message: 'bare' },
  ]);
});
