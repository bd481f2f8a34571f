import { readFileSync } from 'node:fs';
import { runInNewContext, runInThisContext } from 'node:vm';
import { describe, expect, test } from 'vitest';
import { codecNames, roundTrip } from '../support/bodies.ts';
import { loadPageEnd, loadSeparatePageEnd } from '../support/page-end.ts';
import { describeValue } from '../type-rows/describe-value.ts';
import { end as node } from '../type-rows/end.ts';
import { typeRows } from '../type-rows/rows.ts';

const page = await loadPageEnd();
/** A page that changes the built-in classes as soon as the link has been loaded. */
const alteredPage = await loadSeparatePageEnd(`
  const answer = { get: () => 1, configurable: true };
  Object.defineProperty(Map.prototype, 'size', answer);
  Object.defineProperty(Set.prototype, 'size', answer);
  Object.defineProperty(ArrayBuffer.prototype, 'byteLength', answer);
  for (const type of [WeakMap, WeakSet]) type.prototype.has = () => true;
  WeakRef.prototype.deref = () => ({});
  Object.prototype.toString = () => '[object Map]';
  Object.prototype.isPrototypeOf = () => true;
  Function.prototype.toString = () => 'function () { [native code] }';
  Reflect.apply = () => true;
  Reflect.construct = () => true;
  Reflect.getPrototypeOf = () => null;
  String.fromCharCode = () => 'x';
`);
await Promise.all([node, page, alteredPage].map((end) => end.prepare()));

const rows = Object.values(typeRows).flat();
const carried = rows.filter((row) => row.refused === undefined);
const refused = rows.flatMap(({ name, refused: words }) => (words === undefined ? [] : [{ name, words }]));

const ways = [
  { way: 'Node to Node', sender: node, receiver: node },
  { way: 'Node to page', sender: node, receiver: page },
  { way: 'page to Node', sender: page, receiver: node },
  { way: 'page to page', sender: page, receiver: page },
  { way: 'Node to altered page', sender: node, receiver: alteredPage },
  { way: 'altered page to Node', sender: alteredPage, receiver: node },
] as const;

const senders = [
  { place: 'Node', sender: node },
  { place: 'page', sender: page },
  { place: 'altered page', sender: alteredPage },
] as const;

test('the rows are those of docs/PROTOCOL.md', () => {
  const docs = readFileSync(new URL('../../../docs/PROTOCOL.md', import.meta.url), 'utf8');
  const [, section = ''] = docs.split('## What happens to each type');
  const cells = [...(section.split('\n## ')[0] ?? '').matchAll(/^\| (.*?) *\|/gm)].map(([, cell]) => cell);
  expect(Object.keys(typeRows)).toStrictEqual(cells.slice(2));
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
});

describe.each(codecNames)('%s', (codec) => {
  describe.each(ways)('$way', ({ sender, receiver }) => {
    const names = new Set(sender.names());

    test.each(carried.filter(({ name }) => names.has(name)))('carries $name', ({ name }) => {
      for (const wrap of ['alone', 'inside'] as const) {
        const { frame = '', refusal } = sender.send(name, codec, wrap);
        expect(refusal).toBeUndefined();
        const { arrived, expected } = receiver.receive(name, codec, { wrap, frame, from: sender.place });
        expect(arrived).toBe(expected);
      }
    });
  });

  describe.each(senders)('$place', ({ sender }) => {
    const names = new Set(sender.names());

    test.each(refused.filter(({ name }) => names.has(name)))(
      'refuses $name and says where it is',
      ({ name, words }) => {
        const alone = sender.send(name, codec, 'alone');
        expect(alone.refusal).toMatchObject({
          code: 'ERR_LINK_UNSERIALIZABLE',
          message: expect.stringContaining(words),
        });
        const inside = sender.send(name, codec, 'inside');
        expect(inside.refusal?.message).toMatch(/^data\.list\[1\]\.deep(\.valueOf\(\))? is /);
      },
    );
  });

  test('gives nobody a prototype of their choice', () => {
    const arrived = Object(roundTrip(codec, JSON.parse('{"__proto__":{"polluted":true}}')));
    expect(Object.hasOwn(arrived, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(arrived)).toBe(Object.prototype);
    expect(Reflect.get({}, 'polluted')).toBeUndefined();
  });

  test('carries the stack that an error has by itself', () => {
    const error = new RangeError('broken');
    expect(roundTrip(codec, error)).toMatchObject({ stack: error.stack });
  });

  test('carries what is deeper than the stack', () => {
    let value: unknown = 'bottom';
    for (let depth = 0; depth < 20_000; depth++) value = { in: value };
    let arrived = roundTrip(codec, value);
    for (let depth = 0; depth < 20_000; depth++) arrived = Object(arrived).in;
    expect(arrived).toBe('bottom');
  });

  test('takes no room for the holes of a sparse array', () => {
    const value = Object.assign([], { length: 2 ** 32 - 1, 5: 'five' });
    const arrived = Object(roundTrip(codec, value));
    expect(arrived).toHaveLength(2 ** 32 - 1);
    expect(Object.keys(arrived)).toStrictEqual(['5']);
  });

  test.each(['new Map([[1, new Date(0)]])', '[/a/g, Object(1), new Set([1n])]', '({ a: new Uint8Array([1]) })'])(
    'gives %s of another realm the classes of this one',
    (source) => {
      expect(describeValue(roundTrip(codec, runInNewContext(source)))).toBe(describeValue(runInThisContext(source)));
    },
  );
});
