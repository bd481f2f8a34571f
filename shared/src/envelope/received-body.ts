import { allocate } from '../platform/node.ts';
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

/** The same body in memory of its own where it takes up less than half of it, so that keeping it doesn't keep everything that arrived around it. */
export function keepBody(body: EncodedBody): EncodedBody {
  const { head } = body;
  if (head.length * 2 > head.buffer.byteLength) return body;
  const kept = allocate(head.length);
  kept.set(head);
  return { ...body, head: kept };
}
