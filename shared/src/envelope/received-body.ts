import { inOwnMemory } from '../platform/own-memory.ts';
import type { EncodedBody } from './codec.ts';
import { Flag, HEADER_BYTES } from './frame.ts';
import type { Frame } from './frame-reader.ts';

const NO_TAIL: readonly Uint8Array[] = [];

/**
 * The body of a frame as it came, ready to be sent on: it stays in place, and the frame's own header is the room in front.
 *
 * @param frame Of a kind that has a number.
 */
export function receivedBody({ flags, bytes, start, end }: Frame): EncodedBody {
  const head = bytes.subarray(start - HEADER_BYTES, end);
  return { head, tail: NO_TAIL, flags: flags & (Flag.graph | Flag.attachments), bytes: end - start };
}

/** The same body for whoever keeps it for a while: not in the way of freeing everything that arrived around it. */
export function keepBody(body: EncodedBody): EncodedBody {
  return { ...body, head: inOwnMemory(body.head) };
}
