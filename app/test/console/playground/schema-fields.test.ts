import { expect, test } from 'vitest';
import { z } from 'zod';
import { toForm } from '../../../src/console/playground/schema-fields.ts';
import { describeOperations } from '../../../src/main/console/describe-operations.ts';
import { defineContract, task } from 'ipc-link/contract';

const anything = z.unknown();

/** The form of a validator's input, as a console makes it. */
function formOf(input: z.ZodType): unknown {
  const [operation] = describeOperations([defineContract('shop', { order: task({ input, output: anything }) })]);
  return toForm(operation?.schema);
}

test('an object is a group of labelled fields', () => {
  const schema = z.object({
    name: z.string().describe('Who orders'),
    cups: z.number().int().min(1).max(9).default(2),
    price: z.number().optional(),
    roast: z.enum(['light', 'dark']),
    oat: z.boolean().optional(),
    notes: z.array(z.string()),
    sizes: z.array(z.number()).optional(),
    address: z.object({ street: z.string() }).optional(),
  });
  const given = { isRequired: true, hint: null, initial: undefined };
  const street = { ...given, key: 'street', kind: 'text' };
  expect(formOf(schema)).toEqual({
    ...{ ...given, key: '', kind: 'group' },
    fields: [
      { ...given, key: 'name', kind: 'text', hint: 'Who orders' },
      { ...given, key: 'cups', kind: 'number', isRequired: false, hint: 'A whole number from 1 to 9', initial: 2 },
      { ...given, key: 'price', kind: 'number', isRequired: false, hint: 'A number' },
      { ...given, key: 'roast', kind: 'choice', choices: ['light', 'dark'] },
      { ...given, key: 'oat', kind: 'boolean', isRequired: false },
      { ...given, key: 'notes', kind: 'list', of: 'text' },
      { ...given, key: 'sizes', kind: 'list', of: 'number', isRequired: false },
      { ...given, key: 'address', kind: 'group', isRequired: false, fields: [street] },
    ],
  });
});

test('what a form can’t hold is a field of JSON, and of alternatives the first is shown', () => {
  const schema = z.object({
    root: z.union([z.instanceof(Uint8Array), z.string()]),
    when: z.date(),
    map: z.record(z.string(), z.number()),
    rows: z.array(z.object({ x: z.number() })),
    nullable: z.number().nullable(),
  });
  expect(formOf(schema)).toMatchObject({
    fields: [{ kind: 'text' }, { kind: 'json' }, { kind: 'json' }, { kind: 'json' }, { kind: 'number' }],
  });
});

test('an input that is no object has one field', () => {
  expect(formOf(z.string())).toMatchObject({ kind: 'text', key: '' });
});

test('there is no form without a schema, or for a schema that says nothing', () => {
  const plain = { '~standard': { version: 1, vendor: 'test', validate: (value: unknown) => ({ value }) } } as const;
  const [operation] = describeOperations([defineContract('a', { b: task({ input: plain, output: plain }) })]);
  expect(operation).toEqual({ contract: 'a', name: 'b', kind: 'task', schema: null });
  for (const schema of [null, 1, [], {}, { type: 'object' }, { type: 'never' }, { properties: {} }])
    expect(toForm(schema)).toBeNull();
});

test('a schema that leads to itself ends in JSON', () => {
  const node: Record<string, unknown> = { type: 'object' };
  node['properties'] = { next: node };
  expect(JSON.stringify(toForm(node))).toContain('"kind":"json"');
});

test('a validator that throws instead of a schema has none', () => {
  const input = {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value: unknown) => ({ value }),
      jsonSchema: {
        input() {
          throw new Error('not this one');
        },
      },
    },
  } as const;
  expect(describeOperations([defineContract('a', { b: task({ input, output: input }) })])).toMatchObject([
    { schema: null },
  ]);
});
