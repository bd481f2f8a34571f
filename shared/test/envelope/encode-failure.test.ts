import { Socket } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { clonable } from '../support/arbitraries.ts';
import { bodyBytes, codecNames, decodeBody } from '../support/bodies.ts';

const plenty = 1_000_000;

/** An Error as it arrives; what it had besides is looked at as on any object. */
function send(codec: (typeof codecNames)[number], failure: object, maxBytes = plenty): Record<string, unknown> {
  const body = codecs[codec].encodeFailure(failure, maxBytes);
  if (body === null) throw new Error('nothing of it could be sent');
  expect(body.bytes).toBeLessThanOrEqual(maxBytes);
  return Object(decodeBody(codec, bodyBytes(body), body.flags));
}

/** As an HTTP client's errors are: the failed request with all that belongs to it. */
function createHttpError(message: string): Error {
  const config = { url: 'http://localhost/', adapter: () => {}, transform: [() => {}, 'json'] };
  const request = new Socket();
  const response = { status: 500, config, request, headers: new Headers() };
  return Object.assign(new Error(message), { code: 'ERR_BAD_RESPONSE', config, request, response });
}

function withGetter(target: object, key: string, get: () => unknown): object {
  return Object.defineProperty(target, key, { enumerable: true, get });
}

function fail(): never {
  throw new RangeError('trapped');
}

describe.each(codecNames)('a failure over %s', (codec) => {
  test('that can be sent arrives as it is, and names nothing', () => {
    const error = Object.assign(new TypeError('broken', { cause: new Error('inner') }), { code: 'E', list: [1n] });
    const arrived = send(codec, error);
    expect(arrived).toBeInstanceOf(TypeError);
    expect(arrived).toMatchObject({ message: 'broken', stack: error.stack, cause: new Error('inner'), code: 'E' });
    expect(Object.keys(arrived)).toStrictEqual(['code', 'list']);
  });

  test("arrives without what can't be sent, which is named", () => {
    const arrived = send(codec, createHttpError('Request failed'));
    expect(arrived).toMatchObject({
      message: 'Request failed',
      code: 'ERR_BAD_RESPONSE',
      config: { url: 'http://localhost/', transform: [undefined, 'json'] },
      response: { status: 500, config: arrived['config'] },
    });
    expect(arrived['omitted']).toStrictEqual([
      'request',
      'config.adapter',
      'response.request',
      'response.headers',
      'config.transform.0',
    ]);
  });

  test('does so for its cause and its errors', () => {
    const errors = [createHttpError('one'), 'two', createHttpError('three')];
    const failure = new AggregateError(errors, 'all', { cause: createHttpError('why') });
    const arrived = send(codec, failure);
    expect(arrived).toMatchObject({
      message: 'all',
      cause: { message: 'why' },
      errors: [{ message: 'one' }, 'two', { message: 'three' }],
    });
    expect(arrived['omitted']).toContain('cause.request');
    expect(arrived['omitted']).toContain('cause.config.adapter');
    expect(arrived['omitted']).toContain('errors.2.config.adapter');
  });

  test('leaves out whatever is no plain data, wherever it is', () => {
    const arrived = send(
      codec,
      Object.assign(new Error('x'), {
        map: new Map<unknown, unknown>([
          ['key', Symbol('s')],
          [Symbol('s'), 1],
          ['kept', 1],
        ]),
        set: new Set([Symbol('s'), 1]),
        sparse: Object.assign([], { 5: () => {}, 7: 1 }),
        promise: Promise.resolve(),
        boxed: Object(Symbol('s')),
        shared: new SharedArrayBuffer(1),
        kept: [Object('box'), 2n, new Date(0), /r/g, Buffer.from('bytes'), '\ud800'],
      }),
    );
    expect(arrived).toMatchObject({ map: new Map([['kept', 1]]), set: new Set([1]) });
    expect(arrived['kept']).toStrictEqual([Object('box'), 2n, new Date(0), /r/g, Buffer.from('bytes'), '\ud800']);
    expect(Object.keys(Object(arrived['sparse']))).toStrictEqual(['7']);
    expect(arrived['omitted']).toStrictEqual([
      'promise',
      'boxed',
      'shared',
      'map.key',
      'map.<key>',
      'set.0',
      'sparse.5',
    ]);
  });

  test("reads what can be read: getters that throw, Proxies, a stack that isn't text", () => {
    const revoked = Proxy.revocable({}, {});
    revoked.revoke();
    const error = Object.assign(new Error('x'), {
      mute: new Proxy({}, { ownKeys: fail, getPrototypeOf: fail }),
      revoked: revoked.proxy,
      shown: new Proxy({ a: 1 }, {}),
      deep: withGetter({ a: 1 }, 'trap', fail),
      stack: Symbol('s'),
    });
    const arrived = send(codec, withGetter(withGetter(error, 'trap', fail), 'message', fail));
    expect(arrived).toMatchObject({ shown: { a: 1 }, deep: { a: 1 } });
    expect(arrived['omitted']).toStrictEqual(['message', 'stack', 'mute', 'revoked', 'trap', 'deep.trap']);
  });

  test('may contain itself, and be as deep as it likes', () => {
    const loop = Object.assign(new Error('loop'), { callback: () => {} });
    loop.cause = loop;
    const arrived = send(codec, loop);
    expect(arrived['cause']).toBe(arrived);
    let deep: Error = createHttpError('deepest');
    for (let depth = 0; depth < 2_000; depth++) deep = Object.assign(new Error('', { cause: deep }), { stack: '' });
    const names = Object(send(codec, deep)['omitted']);
    expect(names[0]).toMatch(/^….*\.cause\.cause\.request$/);
    expect(names[0].length).toBeLessThanOrEqual(201);
  });

  test('keeps an instance of a class that can be sent, and an error within one that can not', () => {
    class Place {
      readonly line: number;
      readonly origin: unknown;
      constructor(line: number, origin?: unknown) {
        this.line = line;
        this.origin = origin;
      }
    }
    const error = Object.assign(new Error('x'), {
      place: new Place(1),
      half: new Place(2, { nested: [() => {}] }),
      carrier: new Place(3, createHttpError('carried')),
    });
    const arrived = send(codec, error);
    expect(arrived).toMatchObject({ place: { line: 1 }, carrier: { line: 3, origin: { message: 'carried' } } });
    expect(arrived).not.toHaveProperty('half');
    expect(arrived['omitted']).toContain('half');
  });

  test('takes nothing along of what is left out', () => {
    const request = Object.assign(new Socket(), { body: Buffer.alloc(100_000) });
    expect(send(codec, Object.assign(new Error('x'), { request }), 5_000)).toMatchObject({ omitted: ['request'] });
  });

  test('names a hundred of what is missing, and how many more there are', () => {
    const callbacks = Array.from({ length: 250 }, () => () => {});
    const { omitted } = send(codec, Object.assign(new Error('x'), { callbacks }));
    expect(omitted).toHaveLength(101);
    expect(Object(omitted)[100]).toBe('and 150 more');
  });

  test('of which nothing can be read is null', () => {
    expect(codecs[codec].encodeFailure(new Proxy(new Error('x'), { has: fail }), plenty)).toBeNull();
  });
});

describe.each(codecNames)('a failure that is too large for %s', (codec) => {
  test('arrives cut, and says so', () => {
    const error = Object.assign(new Error(`begin ${'x'.repeat(200_000)}`), {
      code: 'E',
      body: Buffer.alloc(200_000),
      text: '\u0001'.repeat(200_000),
      short: 'kept',
    });
    const arrived = send(codec, error, 100_000);
    expect(arrived).toMatchObject({ code: 'E', short: 'kept' });
    expect(arrived['message']).toMatch(/^begin x+… \(cut, of 200006 characters\)$/);
    expect(arrived['stack']).toMatch(/^Error: begin x+… \(cut, of \d+ characters\)$/);
    expect(arrived).not.toHaveProperty('body');
    expect(arrived['omitted']).toStrictEqual(['message', 'stack', 'body', 'text']);
  });

  test('keeps what is near the error, and is cut in the middle of a list', () => {
    const errors = Array.from({ length: 1_000 }, (_, number) => new Error(`number ${number}`));
    const arrived = send(codec, Object.assign(new AggregateError(errors, 'all'), { code: 'E' }), 20_000);
    expect(arrived).toMatchObject({ message: 'all', code: 'E' });
    expect(Object(arrived['errors'])[0]).toMatchObject({ message: 'number 0' });
    expect(Object(arrived['omitted'])[0]).toMatch(/^errors\.\d+$/);
  });

  test.each([1_018, 500, 200, 120])('fits into %d bytes', (maxBytes) => {
    const error = Object.assign(createHttpError('😀'.repeat(50_000)), { stack: `${'\u0001'.repeat(50_000)}` });
    expect(send(codec, error, maxBytes)['message']).toMatch(/^(😀)*�?… \(cut, of 100000 characters\)$/);
  });

  test('is null where nothing fits', () => {
    expect(codecs[codec].encodeFailure(new Error('x'.repeat(1_000)), 20)).toBeNull();
  });

  test('is cut as well where it is endless', () => {
    const endless = (): object => withGetter({}, 'next', endless);
    const arrived = send(codec, Object.assign(new Error('x'), { endless: endless() }), 50_000_000);
    expect(arrived).toMatchObject({ message: 'x', endless: { next: { next: {} } } });
    expect(arrived['omitted']).toHaveLength(1);
  });
});

/** What errors carry besides data: things that can't be sent, anywhere, and each other. */
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    clonable,
    fc.constantFrom(
      () => {},
      Symbol('s'),
      Promise.resolve(),
      new Headers(),
      new Socket(),
      withGetter({}, 'trap', fail),
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.string(), tie('value'), { maxKeys: 4, noNullPrototype: true }),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 3 }).map((pairs) => new Map(pairs)),
    fc.array(tie('value'), { maxLength: 3 }).map((items) => new Set(items)),
    tie('error'),
  ),
  error: fc
    .tuple(fc.string({ maxLength: 2_000 }), tie('value'), fc.array(tie('value'), { maxLength: 3 }), tie('value'))
    .map(([message, cause, errors, extra]) => Object.assign(new AggregateError(errors, message, { cause }), { extra })),
}));

test.each(codecNames)('whatever a failure is made of, what comes over %s fits and can be read', (codec) => {
  fc.assert(
    fc.property(anything.error, fc.integer({ min: 1_000, max: 20_000 }), (error, maxBytes) => {
      const arrived = send(codec, Object(error), maxBytes);
      expect(arrived).toMatchObject({ name: 'AggregateError', message: expect.any(String) });
    }),
    { numRuns: 200 },
  );
});
