import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { defineContract, stream, task } from '../../src/contract/define.ts';

const text = z.string();

describe('a contract', () => {
  test("is its name and operations, and can't be changed", () => {
    const contract = defineContract('work', { run: task({ input: text, output: text }) });
    expect(contract).toMatchObject({ name: 'work', operations: { run: { kind: 'task', idempotent: false } } });
    expect(Object.isFrozen(contract) && Object.isFrozen(contract.operations)).toBe(true);
  });

  test('keeps nothing of the object that it was made of', () => {
    const operations: Record<string, ReturnType<typeof task>> = { run: task({ input: text, output: text }) };
    const contract = defineContract('work', operations);
    operations['other'] = task({ input: text, output: text });
    expect(Object.keys(contract.operations)).toStrictEqual(['run']);
  });

  test('needs a name', () => {
    expect(() => defineContract('', {})).toThrow('the name must not be empty');
  });

  test.each([{}, null, undefined, { kind: 'thing' }, () => {}])(
    'takes nothing but tasks and streams: %o',
    (operation) => {
      expect(() => defineContract('work', Object({ odd: operation }))).toThrow(
        "defineContract('work'): 'odd' must be made by task() or stream().",
      );
    },
  );

  test('has no operation that would make a promise of its client', () => {
    expect(() => defineContract('work', Object({ then: task({ input: text, output: text }) }))).toThrow(
      "a client with 'then' would pass for a promise",
    );
  });
});

test('a task knows whether it may run twice, and has progress only where a validator for it was given', () => {
  expect(task({ input: text, output: text })).toStrictEqual({
    kind: 'task',
    input: text,
    output: text,
    idempotent: false,
  });
  expect(task({ input: text, output: text, progress: text, idempotent: true })).toStrictEqual({
    kind: 'task',
    input: text,
    output: text,
    progress: text,
    idempotent: true,
  });
});

test('a stream is its input and item', () => {
  expect(stream({ input: text, item: text })).toStrictEqual({ kind: 'stream', input: text, item: text });
});
