import { describe, expect, test } from 'vitest';
import { LinkError } from '../../src/link-error.ts';
import { codecNames, roundTrip } from '../support/bodies.ts';

function sendError(codec: (typeof codecNames)[number], error: unknown): Error {
  const arrived = roundTrip(codec, error);
  if (!(arrived instanceof Error)) throw new TypeError('no Error arrived');
  return arrived;
}

describe.each(codecNames)('an Error over %s', (codec) => {
  test.each([EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, Error])(
    'keeps its class, message and stack: %o',
    (type) => {
      const error = new type('broken');
      const arrived = sendError(codec, error);
      expect(arrived).toBeInstanceOf(type);
      expect(Object.getPrototypeOf(arrived)).toBe(type.prototype);
      expect(arrived.message).toBe('broken');
      expect(arrived.stack).toBe(error.stack);
    },
  );

  test('keeps its causes, whatever they are', () => {
    const error = new Error('outer', { cause: new TypeError('inner', { cause: { code: 7 } }) });
    const arrived = sendError(codec, error);
    expect(arrived.cause).toBeInstanceOf(TypeError);
    expect(Object(arrived.cause).message).toBe('inner');
    expect(Object(arrived.cause).cause).toStrictEqual({ code: 7 });
  });

  test('keeps properties of its own', () => {
    const arrived = sendError(
      codec,
      Object.assign(new Error('no entry'), { code: 'ENOENT', path: '/tmp', when: [1n] }),
    );
    expect(arrived).toMatchObject({ code: 'ENOENT', path: '/tmp', when: [1n] });
    expect(Object.keys(arrived)).toStrictEqual(['code', 'path', 'when']);
  });

  test('of an unknown class arrives as an Error with its name and code', () => {
    const arrived = sendError(codec, new LinkError('ERR_LINK_TIMEOUT', 'late'));
    expect(arrived).toBeInstanceOf(Error);
    expect(arrived.name).toBe('LinkError');
    expect(arrived).toMatchObject({ code: 'ERR_LINK_TIMEOUT', message: 'late' });
  });

  test('that is an AggregateError keeps its errors', () => {
    const arrived = sendError(codec, new AggregateError([new RangeError('one'), 'two'], 'both'));
    expect(arrived.name).toBe('AggregateError');
    expect(arrived.message).toBe('both');
    expect(Object(arrived).errors).toStrictEqual([new RangeError('one'), 'two']);
  });

  test('that is a DOMException keeps its name and message', () => {
    const arrived = sendError(codec, new DOMException('stopped', 'AbortError'));
    expect(arrived.name).toBe('AbortError');
    expect(arrived.message).toBe('stopped');
  });

  test('that is its own cause arrives as its own cause', () => {
    const error = new Error('loop');
    error.cause = error;
    const arrived = sendError(codec, error);
    expect(arrived.cause).toBe(arrived);
  });
});
