import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { Kind } from '../../src/envelope/frame.ts';
import { clonable, plain } from '../support/arbitraries.ts';
import { bodyBytes, codecNames, decodeBody, hexOf, roundTrip, toBytes } from '../support/bodies.ts';
import { loadPageEnd } from '../support/page-end.ts';
import { describeValue } from '../type-rows/describe-value.ts';

const page = await loadPageEnd();

describe.each(codecNames)('%s', (codec) => {
  test('gives the reader what structured clone would', () => {
    fc.assert(
      fc.property(clonable, (value) => {
        expectSame(roundTrip(codec, value), structuredClone(value));
      }),
      { numRuns: 1_000 },
    );
  });

  test('gives the reader any plain value as it is', () => {
    fc.assert(
      fc.property(plain, (value) => {
        expectSame(roundTrip(codec, value), structuredClone(value));
      }),
      { numRuns: 1_000 },
    );
  });

  test('keeps apart who shares what with whom', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(4), { minLength: 1, maxLength: 12 }), (picks) => {
        const pool = [{}, [], new Map(), new Set(), new Date(0)];
        const arrived = roundTrip(
          codec,
          picks.map((pick) => pool[pick]),
        );
        const identities = (list: readonly unknown[]): number[] => list.map((item) => list.indexOf(item));
        expect(identities(Object(arrived))).toStrictEqual(identities(picks.map((pick) => pool[pick])));
      }),
    );
  });

  test('writes the same value as the same bytes, and leaves the value as it was', () => {
    fc.assert(
      fc.property(clonable, (value) => {
        const before = structuredClone(value);
        expect(toBytes(codecs[codec].encode(value))).toStrictEqual(toBytes(codecs[codec].encode(value)));
        expectSame(value, before);
      }),
    );
  });

  test('decodes bytes from outside, or refuses them with ERR_LINK_PROTOCOL', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(3), (bytes, flags) => {
        decodeOrRefuse(() => decodeBody(codec, bytes, flags));
      }),
      { numRuns: 5_000 },
    );
  });

  test('decodes a body in which some bytes were changed, or refuses it with ERR_LINK_PROTOCOL', () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(clonable, fc.array(change, { minLength: 1, maxLength: 4 }), (value, changes) => {
        const { head, tail, flags } = codecs[codec].encode(value);
        const bytes = Buffer.concat([head.subarray(10), ...tail]);
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        decodeOrRefuse(() => decodeBody(codec, bytes, flags));
      }),
      { numRuns: 5_000 },
    );
  });
});

describe.each(codecNames)('%s in a page', (codec) => {
  test('writes what Node writes', () => {
    fc.assert(
      fc.property(clonable, (value) => {
        const ours = codecs[codec].encode(value);
        const theirs = page.codecs[codec].encode(value);
        expect(theirs.flags).toBe(ours.flags);
        expect(hexOf(bodyBytes(theirs))).toBe(hexOf(bodyBytes(ours)));
      }),
      { numRuns: 300 },
    );
  });

  test('reads what Node reads, and refuses what Node refuses', () => {
    const change = fc.tuple(fc.nat(), fc.nat(255));
    fc.assert(
      fc.property(clonable, fc.array(change, { maxLength: 4 }), (value, changes) => {
        const body = codecs[codec].encode(value);
        const bytes = new Uint8Array(bodyBytes(body));
        for (const [at, byte] of changes) bytes[at % bytes.length] = byte;
        const frame = { kind: Kind.reply, flags: body.flags, correlation: 1, start: 0, end: bytes.length };
        const theirs = describeOutcome(() => page.codecs[codec].decode({ ...frame, bytes }));
        const ours = describeOutcome(() => codecs[codec].decode({ ...frame, bytes: Buffer.from(bytes) }));
        expect(theirs).toBe(ours.replaceAll(/\bBuffer\{/g, 'Uint8Array{'));
      }),
      { numRuns: 500 },
    );
  });
});

function describeOutcome(decode: () => unknown): string {
  try {
    return describeValue(decode());
  } catch (error) {
    return String(error);
  }
}

/** Node's own comparison, which own keys such as `constructor` don't mislead. */
function expectSame(actual: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toStrictEqual(expected);
  expect(isDeepStrictEqual(actual, expected)).toBe(true);
}

function decodeOrRefuse(decode: () => unknown): void {
  try {
    decode();
  } catch (error) {
    expect(error).toMatchObject({ name: 'LinkError', code: 'ERR_LINK_PROTOCOL' });
  }
}
