import { LinkError } from '../link-error.ts';
import { Attachments, writeTrailer } from './attachments.ts';
import type { Codec, CodecName, EncodedBody, Notation } from './codec.ts';
import { protocolError, unserializableError } from './errors.ts';
import { Flag } from './frame.ts';
import type { Frame } from './frame-reader.ts';
import { decodeGraph } from './graph-decoder.ts';
import { type EncodedGraph, encodeGraph, encodeLooseGraph, type LooseGraph } from './graph-encoder.ts';
import { trimGraph } from './graph-trimmer.ts';
import { json } from './json.ts';
import { msgpack } from './msgpack.ts';

export const codecs: Readonly<Record<CodecName, Codec>> = { msgpack: createCodec(msgpack), json: createCodec(json) };

/** Plain values are written by the notation itself, everything else as a graph of nodes in that notation. */
function createCodec(notation: Notation): Codec {
  return {
    name: notation.name,
    encode(value) {
      try {
        return notation.write(value) ?? writeGraph(encodeGraph(value), notation);
      } catch (error) {
        throw error instanceof LinkError
          ? error
          : unserializableError('', `something that ${notation.name} can't hold`, error);
      }
    },
    encodeFailure: (failure, maxBytes) => encodeFailure(encodeLooseGraph(failure), notation, maxBytes),
    decode(frame, into) {
      try {
        return decode(frame, notation, into);
      } catch (error) {
        throw error instanceof LinkError ? error : protocolError(`a body that is not ${notation.name}`, error);
      }
    },
  };
}

/** In fewer bytes a failure is not worth sending. */
const LEAST_BYTES = 32;
/** The largest length of a frame. */
const MOST_BYTES = 0xffff_ffff;

/** Encodes the whole failure if it fits. Otherwise it is cut to the size that is estimated to fit, and then to less until it fits. */
function encodeFailure(graph: LooseGraph, notation: Notation, maxBytes: number): EncodedBody | null {
  const limit = Math.min(maxBytes, MOST_BYTES);
  for (let budget = Infinity; budget >= LEAST_BYTES; budget = Math.min(limit, budget / 2)) {
    const body = tryGraph(trimGraph(graph, budget), notation);
    if (body !== null && body.bytes <= limit) return body;
  }
  return null;
}

/** @returns null if the failure can't be written. A smaller part of it may be. */
function tryGraph(graph: EncodedGraph | null, notation: Notation): EncodedBody | null {
  try {
    return graph === null ? null : writeGraph(graph, notation);
  } catch {
    // It has too many values, or its text is too long.
    return null;
  }
}

function writeGraph({ nodes, attachments }: EncodedGraph, notation: Notation): EncodedBody {
  const body = notation.write(nodes);
  if (body === null) throw unserializableError('', `something that ${notation.name} can't hold`);
  if (attachments.length === 0) return { ...body, flags: Flag.graph };
  const tail = [...attachments, writeTrailer(attachments)];
  const bytes = tail.reduce((sum, part) => sum + part.length, body.bytes);
  return { head: body.head, tail, flags: Flag.graph | Flag.attachments, bytes };
}

function decode({ flags, bytes, start, end }: Frame, notation: Notation, into?: Record<string, unknown>): unknown {
  if (flags === 0) return notation.read(bytes, start, end, into);
  const attachments = (flags & Flag.attachments) === 0 ? null : new Attachments(bytes, start, end);
  const value = notation.read(bytes, start, attachments?.valueEnd ?? end);
  return (flags & Flag.graph) === 0 ? value : decodeGraph(value, attachments);
}
