import { LinkError } from '../link-error.ts';
import { Attachments, writeTrailer } from './attachments.ts';
import type { Codec, CodecName, EncodedBody, Notation } from './codec.ts';
import { protocolError, unserializableError } from './errors.ts';
import { Flag, HEADER_BYTES } from './frame.ts';
import type { Frame } from './frame-reader.ts';
import { decodeGraph } from './graph-decoder.ts';
import { encodeGraph } from './graph-encoder.ts';
import { json } from './json.ts';
import { msgpack } from './msgpack.ts';
import { isPlain } from './plain.ts';

export const codecs: Readonly<Record<CodecName, Codec>> = { msgpack: createCodec(msgpack), json: createCodec(json) };

/** Plain values are written by the notation itself, everything else as a graph of nodes in that notation. */
function createCodec(notation: Notation): Codec {
  return {
    name: notation.name,
    encode(value) {
      try {
        return isPlain(value, notation.writes) ? encodePlain(value, notation) : encodeAsGraph(value, notation);
      } catch (error) {
        throw error instanceof LinkError
          ? error
          : unserializableError('data', `something that ${notation.name} can't hold`, error);
      }
    },
    decode(frame) {
      try {
        return decode(frame, notation);
      } catch (error) {
        throw error instanceof LinkError ? error : protocolError(`a body that is not ${notation.name}`, error);
      }
    },
  };
}

function encodePlain(value: unknown, notation: Notation): EncodedBody {
  const head = notation.write(value);
  return { head, tail: [], flags: 0, bytes: head.length - HEADER_BYTES };
}

function encodeAsGraph(value: unknown, notation: Notation): EncodedBody {
  const { nodes, attachments } = encodeGraph(value);
  const head = notation.write(nodes);
  if (attachments.length === 0) return { head, tail: [], flags: Flag.graph, bytes: head.length - HEADER_BYTES };
  const tail = [...attachments, writeTrailer(attachments)];
  const bytes = tail.reduce((sum, part) => sum + part.length, head.length - HEADER_BYTES);
  return { head, tail, flags: Flag.graph | Flag.attachments, bytes };
}

function decode({ flags, bytes, start, end }: Frame, notation: Notation): unknown {
  const attachments = (flags & Flag.attachments) === 0 ? null : new Attachments(bytes, start, end);
  const value = notation.read(bytes, start, attachments?.valueEnd ?? end);
  return (flags & Flag.graph) === 0 ? value : decodeGraph(value, attachments);
}
