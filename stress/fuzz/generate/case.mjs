import { Random } from '../../random.mjs';
import { createJsonFrame, Kind } from '../../wire/frame.mjs';
import { createHello, helloFrame } from '../../wire/handshake.mjs';
import { createFrames } from './frames.mjs';
import { createOddHello, createUnkindHello } from './hellos.mjs';
import { mutate } from './mutate.mjs';

/** @typedef {import('../../types.d.ts').Case} Case */

/**
 * Creates the attack with a number. The same seed and number give the same attack.
 *
 * @param {number} seed
 * @param {number} number
 * @returns {Case}
 */
export function createCase(seed, number) {
  const random = new Random(seed + Math.imul(number, 0x9e37_79b1));
  const create = random.pick([beforeHandshake, duringHandshake, ...Array.from({ length: 4 }, () => afterHandshake)]);
  return { name: `seed ${seed}, case ${number}`, ...create(random) };
}

/** @typedef {Omit<Case, 'name'>} Attack */

/** @param {Random} random @returns {Attack} */
function beforeHandshake(random) {
  const hello = helloFrame({ ...createHello('attacker'), ...createOddHello(random) });
  const bytes = random.pick([
    Buffer.alloc(0),
    random.bytes(random.below(200)),
    mutate(hello, random),
    hello,
    Buffer.concat([hello, hello]),
    createFrames('json', random),
    Buffer.from('GET / HTTP/1.1\r\n\r\n'),
  ]);
  return {
    target: pickTarget(random),
    stage: random.pick(/** @type {const} */ (['bytes', 'bytes', 'answering'])),
    ...deliver(bytes, random),
  };
}

/** @param {Random} random @returns {Attack} */
function duringHandshake(random) {
  const confirmation = createJsonFrame(Kind.welcome, createOddHello(random));
  const bytes = random.pick([
    confirmation,
    mutate(confirmation, random),
    createJsonFrame(Kind.welcome, { proof: random.bytes(32).toString('base64url') }),
    createJsonFrame(Kind.goodbye, {}),
    createFrames('json', random),
    random.bytes(random.below(50)),
  ]);
  return { target: pickTarget(random), stage: 'hello', said: createUnkindHello(random), ...deliver(bytes, random) };
}

/** @param {Random} random @returns {Attack} */
function afterHandshake(random) {
  const codec = random.pick(/** @type {const} */ (['msgpack', 'json']));
  const stage = random.pick(/** @type {const} */ (['established', 'established', 'established', 'answered']));
  const chosen = stage === 'answered' ? { codec } : { codecs: [codec] };
  return {
    target: pickTarget(random),
    stage,
    said: { ...chosen, ...createUnkindHello(random) },
    knowsSecret: random.chance(0.8),
    ...deliver(createFrames(codec, random), random),
  };
}

/** @param {Random} random */
function pickTarget(random) {
  return random.pick(/** @type {const} */ (['open', 'locked']));
}

/** Divides the bytes into chunks, and chooses whether the attacker reads and how it ends. @param {Buffer} bytes @param {Random} random @returns {Pick<Case, 'chunks' | 'reads' | 'finish'>} */
function deliver(bytes, random) {
  const chunks = [];
  const most = random.pick([1, 7, 100, 65_536, Infinity]);
  // A large frame would take too long one byte at a time.
  const largest = Math.max(most, bytes.length / 200);
  for (let offset = 0; offset < bytes.length;) {
    const size = largest === Infinity ? bytes.length : random.between(1, Math.ceil(largest));
    chunks.push(bytes.toString('hex', offset, offset + size));
    offset += size;
  }
  return {
    chunks,
    reads: random.chance(0.9),
    finish: random.chance(0.005) ? 'wait' : random.pick(['end', 'end', 'destroy']),
  };
}
