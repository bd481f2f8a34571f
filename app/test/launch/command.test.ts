import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeCommand, encodeCommand, type Command } from '../../src/launch/command.ts';

const text = fc.string({ minLength: 1, unit: 'binary' }).filter((value) => value.isWellFormed());

const paths = fc.array(fc.oneof(text, fc.uint8Array({ minLength: 1 })));

const anyCommand: fc.Arbitrary<Command> = fc.oneof(
  fc.record({
    command: fc.constant('checksum' as const),
    folder: text,
    paths,
    listed: fc.boolean(),
    algorithms: fc.constant(['sha256' as const, 'blake3' as const]),
  }),
  fc.record({ command: fc.constant('verify' as const), folder: text, paths, manifest: text, quiet: fc.boolean() }),
  fc.record({
    command: fc.constant('search' as const),
    folder: text,
    paths,
    pattern: fc.array(text, { minLength: 1 }),
    regex: fc.boolean(),
    options: fc.record({ glob: fc.array(text), maxDepth: fc.nat() }),
    print: fc.record({ json: fc.boolean() }),
    color: fc.constant('auto' as const),
  }),
  fc.record({
    command: fc.constant('thumbnails' as const),
    folder: text,
    paths,
    out: text,
    size: fc.nat(),
    recursive: fc.boolean(),
  }),
);

test('every command comes out as it went in, wherever it stands in argv', () => {
  fc.assert(
    fc.property(anyCommand, (command) => {
      expect(decodeCommand(['/electron', '--no-sandbox', '/app', ...encodeCommand(command), 'x'])).toEqual(command);
    }),
  );
});

test('the arguments need no quoting and are no paths', () => {
  fc.assert(
    fc.property(anyCommand, (command) => {
      for (const argument of encodeCommand(command)) expect(argument).toMatch(/^--ipc-link-command=[\w-]+$/);
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
  ['no folder', asArgument({ command: 'checksum', paths: [], algorithms: ['sha256'] })],
  ['no paths', asArgument({ command: 'checksum', folder: '/', algorithms: ['sha256'] })],
  [
    'a path that is neither text nor bytes',
    asArgument({ command: 'checksum', folder: '/', paths: [1], algorithms: [] }),
  ],
  ['no manifest', asArgument({ command: 'verify', folder: '/', paths: [] })],
  ['no options', asArgument({ command: 'search', folder: '/', paths: [], pattern: ['a'], print: {} })],
])('%s is refused', (_, argument) => {
  expect(() => decodeCommand([argument])).toThrow(expect.objectContaining({ code: 'ERR_LAUNCH_COMMAND' }));
});

test('a command that is too long for one argument takes several', () => {
  const command = { command: 'checksum', folder: '/', paths: ['x'.repeat(300_000)], algorithms: ['md5'] } as const;
  const args = encodeCommand(command);
  expect(args.length).toBeGreaterThan(3);
  expect(Math.max(...args.map(({ length }) => length))).toBeLessThan(128 * 1024);
  expect(decodeCommand(args)).toEqual(command);
});
