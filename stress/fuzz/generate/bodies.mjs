import { codecs } from '../../../shared/dist/envelope/codecs.js';
import { HEADER_BYTES } from '../../../shared/dist/envelope/frame.js';
import { mutate } from './mutate.mjs';
import { createValue } from './values.mjs';

/** @typedef {import('../../random.mjs').Random} Random */
/** @typedef {'msgpack' | 'json'} CodecName */
/** @typedef {{ flags: number, body: Buffer }} Body */

const GRAPH = 1;
const ATTACHMENTS = 2;

/** Creates a body of a frame: a valid one, a damaged one, or a hostile one. @param {CodecName} codec @param {Random} random @returns {Body} */
export function createBody(codec, random) {
  const kind = random.next();
  if (kind < 0.3) return createSound(codec, random);
  if (kind < 0.7) return damage(createSound(codec, random), random);
  return createHostile(codec, random);
}

/** @param {CodecName} codec @param {Random} random @returns {Body} */
function createSound(codec, random) {
  const data = createValue(random);
  const value = random.chance(0.7) ? createRequest(data, random) : data;
  const { head, tail, flags } = codecs[codec].encode(value);
  return { flags, body: Buffer.concat([head.subarray(HEADER_BYTES), ...tail]) };
}

/** @param {unknown} data @param {Random} random */
export function createRequest(data, random) {
  const task = random.pick([undefined, undefined, 'echo', 'fail', 'sleep', 'nobody', '', 7]);
  const timeout = random.pick([undefined, undefined, 0, -1, 1, 5, 1e300, 'soon', Number.NaN]);
  return {
    id: random.pick([`f${random.below(1_000_000)}`, '', 5, null]),
    data,
    ...(task === undefined ? {} : { task }),
    ...(timeout === undefined ? {} : { timeout }),
  };
}

/** @param {Body} body @param {Random} random @returns {Body} */
function damage({ flags, body }, random) {
  return { flags: random.chance(0.2) ? random.below(256) : flags, body: mutate(body, random) };
}

/** @param {CodecName} codec @param {Random} random @returns {Body} */
function createHostile(codec, random) {
  const size = random.pick([10, 1_000, 100_000]);
  if (random.chance(0.5)) return createGraph(codec, random, size);
  return { flags: 0, body: codec === 'json' ? createHostileJson(random, size) : createHostileMsgpack(random, size) };
}

/** @param {Random} random @param {number} size */
function createHostileJson(random, size) {
  const text = random.pick([
    '['.repeat(size),
    '['.repeat(size) + ']'.repeat(size),
    '{"a":'.repeat(size / 5) + '1' + '}'.repeat(size / 5),
    `[${'{},'.repeat(size / 3)}{}]`,
    `{"id":"a","data":${'1'.repeat(size)}}`,
    `{"id":"a","data":"${'\\ud800'.repeat(size / 6)}"}`,
    '{"__proto__":{"id":"a"},"constructor":{"prototype":{"data":1}}}',
    '{"id":"a","data":{"__proto__":{"polluted":true}}}',
    `{"id":"${'i'.repeat(size)}"}`,
    'null',
    '"id"',
  ]);
  return random.chance(0.2) ? Buffer.concat([Buffer.from(text), random.bytes(3)]) : Buffer.from(text);
}

/** @param {Random} random @param {number} size */
function createHostileMsgpack(random, size) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(random.pick([size, size - 5, 0xffff_ffff]));
  const token = (/** @type {number} */ first, /** @type {number} */ fill) =>
    Buffer.concat([Buffer.from([first]), length, Buffer.alloc(size, fill)]);
  return random.pick([
    Buffer.alloc(size, 0x91),
    Buffer.alloc(size, 0x81),
    token(0xdd, 0x80),
    token(0xdd, 0x90),
    token(0xdd, 0x00),
    token(0xdf, 0xc0),
    token(0xdb, 0x41),
    token(0xc6, 0x00),
    token(0xc9, random.below(256)),
    Buffer.concat([Buffer.from([0xc7, random.below(256), random.below(256)]), random.bytes(random.below(40))]),
    Buffer.concat([Buffer.from([0xd4 + random.below(5), random.below(256)]), random.bytes(random.below(40))]),
    Buffer.from('d4650091a776616c75654f66', 'hex'),
    Buffer.from('93d4724091a161014002', 'hex'),
    random.bytes(random.below(200)),
  ]);
}

/** Creates a graph of nodes that no encoder would write. @param {CodecName} codec @param {Random} random @param {number} size @returns {Body} */
function createGraph(codec, random, size) {
  const nodes = Array.from({ length: random.between(1, 8) }, () => createNode(random, size));
  if (random.chance(0.1)) nodes.push(...Array.from({ length: size / 20 }, () => nodes[0] ?? []));
  const value = random.chance(0.1) ? random.pick([{}, [], null, 'v', [1]]) : nodes;
  const body = encodePlain(codec, value);
  if (random.chance(0.5)) return { flags: GRAPH, body };
  return { flags: GRAPH | ATTACHMENTS, body: Buffer.concat([body, createAttachments(random)]) };
}

const tags = ['v', 'o', 'a', 'A', 'm', 's', 'd', 'r', 'e', 'n', 'u', 'b', 'p', '?', '', '__proto__'];
const names = ['Buffer', 'ArrayBuffer', 'Uint8Array', 'BigInt64Array', 'Nope', 'Error', 'TypeError', 'constructor'];

/** @param {Random} random @param {number} size @returns {unknown[]} */
function createNode(random, size) {
  const slot = () => createSlot(random, size);
  const slots = Array.from({ length: random.below(5) }, slot);
  return [random.pick(tags), ...(random.chance(0.3) ? [random.pick(names), ...slots] : slots)];
}

/** @param {Random} random @param {number} size @returns {unknown} */
function createSlot(random, size) {
  return random.pick([
    random.below(4),
    -1,
    0xffff_ffff,
    33_000_000,
    1.5,
    'a',
    '__proto__',
    'f'.repeat(size),
    '(',
    null,
    true,
    [random.below(8)],
    [-random.below(9)],
    [1e9],
    ['0'],
    [],
    [[0]],
    {},
  ]);
}

/** Creates attachments with a trailer that may not match them. @param {Random} random */
function createAttachments(random) {
  const count = random.below(4);
  const lengths = Array.from({ length: count }, () => random.below(20));
  const trailer = Buffer.alloc(4 * count + 4);
  const claim = () => random.pick([0, 1, 0x7fff_ffff, 0xffff_ffff, 100_000]);
  lengths.forEach((length, index) => trailer.writeUInt32BE(random.chance(0.8) ? length : claim(), 4 * index));
  trailer.writeUInt32BE(random.chance(0.8) ? count : claim(), 4 * count);
  return Buffer.concat([random.bytes(lengths.reduce((sum, length) => sum + length, 0)), trailer]);
}

/** Encodes a value in the codec's plain notation, even where an encoder would not use it. @param {CodecName} codec @param {unknown} value */
function encodePlain(codec, value) {
  return Buffer.from(codecs[codec].encode(value).head.subarray(HEADER_BYTES));
}
