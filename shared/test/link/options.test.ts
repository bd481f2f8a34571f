import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { resolveOptions, type ServerOptions } from '../../src/link/options.ts';
import { Server } from '../../src/link/server.ts';
import { code } from '../support/code.ts';

describe('options', () => {
  test('that are undefined are as if they were left out', () => {
    expect(resolveOptions({ retry: undefined, secret: undefined })).toStrictEqual(resolveOptions({}));
  });

  test.each([
    'connectTimeout',
    'timeout',
    'heartbeat',
    'heartbeatTimeout',
    'handshakeTimeout',
    'frameTimeout',
    'maxRetries',
    'maxInFlightBytes',
  ])('may be infinite where they are durations or amounts: %s', (key) => {
    expect(resolveOptions({ [key]: Infinity })).toHaveProperty(key, Infinity);
  });

  test('that are text are shown as text', () => {
    expect(() => new Server('alice', JSON.parse('{ "frameTimeout": "30" }'))).toThrow(
      'new Server(name, { frameTimeout }): must be milliseconds from 1 on, or Infinity for never, not "30".',
    );
  });

  test.each(['timeout', 'heartbeat', 'heartbeatTimeout'])(
    'of 0 is taken for never, with one warning: %s',
    async (key) => {
      const warned = once(process, 'warning');
      const [first, second] = [resolveOptions({ [key]: 0 }), resolveOptions({ [key]: 0 })];
      expect([first, second]).toMatchObject([{ [key]: Infinity }, { [key]: Infinity }]);
      await expect(warned).resolves.toMatchObject([
        {
          name: 'DeprecationWarning',
          code: 'IPC_LINK_DEP0002',
          message: expect.stringContaining(`'${key}: Infinity'`),
        },
      ]);
    },
  );

  test.each<readonly [keyof ServerOptions, unknown]>([
    ['retry', -1],
    ['retry', '500'],
    ['maxRetries', Number.NaN],
    ['maxConnections', 0],
    ['connectTimeout', 0],
    ['timeout', -1],
    ['timeout', Number.NaN],
    ['heartbeat', -1],
    ['heartbeatTimeout', -1],
    ['handshakeTimeout', 0],
    ['frameTimeout', '30'],
    ['maxFrameBytes', 100],
    ['maxInFlight', 0],
    ['maxWriteBytes', 1_000],
    ['streamWindow', 0],
    ['silent', 'yes'],
    ['autoStart', 1],
    ['codec', 'xml'],
    ['whenOverloaded', 'drop'],
    ['secret', ''],
    ['secret', new Uint8Array(0)],
    ['secret', 5],
    ['socketRoot', 5],
    ['appspace', null],
  ])('that make no sense are refused by name: %s = %j', (key, value) => {
    const options: object = { [key]: value };
    expect(() => new Server('alice', options)).toThrow(code('ERR_LINK_INVALID_ARGUMENT'));
    expect(() => new Server('alice', options)).toThrow(`new Server(name, { ${key} })`);
  });

  test.each([null, 'silent', 5])('that are %j are refused', (options) => {
    expect(() => Reflect.construct(Server, ['alice', options])).toThrow(
      expect.objectContaining({
        code: 'ERR_LINK_INVALID_ARGUMENT',
        message: expect.stringContaining('new Server(name, options): must be an object'),
      }),
    );
  });

  test.each(['', 'a/b', 'a\\b', '\0', 'x'.repeat(256), '\udc00', undefined, 5])('a name of %j is refused', (name) => {
    expect(() => new Server(Object(name), { autoStart: false })).toThrow(code('ERR_LINK_INVALID_ARGUMENT'));
  });
});
