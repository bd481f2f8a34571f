import { createFrame, Flag, Kind } from '../../wire/frame.mjs';
import { createBody } from './bodies.mjs';
import { mutate } from './mutate.mjs';

/** @typedef {import('../../random.mjs').Random} Random */

const numbered = [Kind.request, Kind.reply, Kind.progress, Kind.chunk, Kind.end];
const small = [Kind.credit, Kind.cancel, Kind.ping, Kind.pong];
const handshake = [Kind.hello, Kind.welcome, Kind.goodbye];

/** Correlation numbers: a few small ones, so that frames have numbers in common, and the ends of the range. */
const correlations = [0, 1, 1, 2, 2, 3, 4, 5, 0xffff_fffe, 0xffff_ffff];

/** Creates the bytes of several frames for an established connection. @param {'msgpack' | 'json'} codec @param {Random} random */
export function createFrames(codec, random) {
  const frames = Array.from({ length: random.between(1, 6) }, () => createAnyFrame(codec, random));
  const bytes = Buffer.concat(frames);
  return random.chance(0.25) ? mutate(bytes, random) : bytes;
}

/** @param {'msgpack' | 'json'} codec @param {Random} random */
function createAnyFrame(codec, random) {
  const correlation = random.pick(correlations);
  const choice = random.next();
  if (choice < 0.7) {
    const { flags, body } = createBody(codec, random);
    const kind = random.chance(0.6) ? Kind.request : random.pick(numbered);
    return createFrame(kind, body, {
      correlation,
      flags: flags | random.pick([0, 0, 0, Flag.stream, Flag.failed, 0xf0]),
    });
  }
  if (choice < 0.9) {
    const body = random.pick([
      Buffer.alloc(0),
      Buffer.from('00000001', 'hex'),
      Buffer.from('ffffffff', 'hex'),
      random.bytes(3),
    ]);
    return createFrame(random.pick(small), body, { correlation });
  }
  if (choice < 0.95)
    return createFrame(
      random.pick(handshake),
      Buffer.from(random.pick(['{}', '[]', '', '{"code":5}', '{"code":"ERR_X"}'])),
    );
  return createBroken(random);
}

/** Creates bytes that are not a valid frame. @param {Random} random */
function createBroken(random) {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(random.pick([0, 1, 2, 3, 5, 0x0010_0000, 0x7fff_ffff, 0xffff_ffff]));
  return Buffer.concat([length, random.bytes(random.below(20))]);
}
