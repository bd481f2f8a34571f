import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeCommand, encodeCommand, type Command } from '../../src/launch/command.ts';

const text = fc.string({ minLength: 1, unit: 'binary' }).filter((value) => value.isWellFormed());

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    command: fc.constant('checksum' as const),
    root: text,
    algorithm: fc.constantFrom('sha256' as const, 'sha512' as const),
  }),
  fc.record({
    command: fc.constant('checksum' as const),
    root: text,
    algorithm: fc.constant('sha256' as const),
    output: text,
    summary: fc.boolean(),
  }),
  fc.record({
    command: fc.constant('search' as const),
    root: text,
    pattern: text,
    regex: fc.boolean(),
    ignoreCase: fc.boolean(),
  }),
);

test('every command comes out as it went in, wherever it stands in argv', () => {
  fc.assert(
    fc.property(anyCommand, (command) => {
      expect(decodeCommand(['/electron', '--no-sandbox', '/app', encodeCommand(command), 'x'])).toEqual(command);
    }),
  );
});

test('the argument needs no quoting and is no path', () => {
  fc.assert(
    fc.property(anyCommand, (command) => {
      expect(encodeCommand(command)).toMatch(/^--ipc-link-command=[\w-]+$/);
    }),
  );
});

test('without the argument there is no command', () => {
  expect(decodeCommand(['/electron', '/app'])).toBeUndefined();
});

const asArgument = (value: unknown): string =>
  `--ipc-link-command=${Buffer.from(JSON.stringify(value)).toString('base64url')}`;

test.each([
  ['no JSON', '--ipc-link-command=!!'],
  ['nothing', '--ipc-link-command='],
  ['no object', asArgument(null)],
  ['another command', asArgument({ command: 'rm' })],
  ['no root', asArgument({ command: 'checksum', algorithm: 'sha256' })],
  ['another algorithm', asArgument({ command: 'checksum', root: '/', algorithm: 'md5' })],
  ['an output that is no text', asArgument({ command: 'checksum', root: '/', algorithm: 'sha256', output: 1 })],
  [
    'a flag that is no flag',
    asArgument({ command: 'search', root: '/', pattern: 'a', regex: 'yes', ignoreCase: false }),
  ],
])('%s is refused', (_, argument) => {
  expect(() => decodeCommand([argument])).toThrow(expect.objectContaining({ code: 'ERR_LAUNCH_COMMAND' }));
});
