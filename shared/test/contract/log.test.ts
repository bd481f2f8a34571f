import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { createLog, formatLogRecord, logLevels, type LogRecord } from '../../src/contract/log.ts';

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

test('a record is one line of text, whole', () => {
  const record: LogRecord = {
    level: 'warn',
    message: 'too slow',
    fields: { ms: 12, at: new Date(0) },
    requestId: 'r1',
  };
  expect(formatLogRecord(record)).toBe('[warn] too slow { ms: 12, at: 1970-01-01T00:00:00.000Z } (request r1)');
  expect(formatLogRecord({ level: 'info', message: 'bare' })).toBe('[info] bare');
  const many = Array.from({ length: 500 }, (_, index) => index);
  const deep = { a: { b: { c: { d: ['x'.repeat(20_000)] } } } };
  expect(formatLogRecord({ level: 'info', message: 'm', fields: { many } })).toContain(' 499 ]');
  expect(formatLogRecord({ level: 'info', message: 'm', fields: deep })).toContain(`[ '${'x'.repeat(20_000)}' ]`);
});

test('nothing in a record can break its line', () => {
  const forged = 'x\r\n[error] forged\u2028\u001b[0m\u202e';
  const record: LogRecord = { level: 'info', message: forged, fields: { [forged]: forged }, requestId: forged };
  expect(formatLogRecord(record)).not.toMatch(/[\p{Cc}\u2028\u2029\u202e]/u);
});

test('fields that can not be described cost the fields, and not the line', () => {
  const fields = {
    [inspect.custom]: () => {
      throw new Error('no words');
    },
  };
  const line = formatLogRecord({ level: 'info', message: 'kept', fields });
  expect(line).toBe("[info] kept (what can't be described: no words)");
  const odd: LogRecord = { level: 'info', message: Object(Symbol('odd')) };
  expect(formatLogRecord(odd)).toBe('[info] [Symbol: Symbol(odd)]');
});
