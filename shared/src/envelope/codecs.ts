import { LinkError } from '../link-error.ts';
import { Attachments, writeTrailer } from './attachments.ts';
import type { Codec, CodecName, EncodedBody, Notation } from './codec.ts';
import { protocolError, unserializableError } from './errors.ts';
import { Flag } from './frame.ts';
import type { Frame } from './frame-reader.ts';
import { decodeGraph } from './graph-decoder.ts';
import { encodeGraph } from './graph-encoder.ts';
import { json } from './json.ts';
import { msgpack } from './msgpack.ts';

export const codecs: Readonly<Record<CodecName, Codec>> = { msgpack: createCodec(msgpack), json: createCodec(json) };

/** Plain values are written by the notation itself, everything else as a graph of nodes in that notation. */
function createCodec(notation: Notation): Codec {
  return {
    name: notation.name,
    encode(value) {
      try {
        return notation.write(value) ?? encodeAsGraph(value, notation);
      } catch (error) {
        throw error instanceof LinkError
          ? error
          : unserializableError('data', `something that ${notation.name} can't hold`, error);
      }
    },
    decode(frame, into) {
      try {
        return decode(frame, notation, into);
      } catch (error) {
        throw error instanceof LinkError ? error : protocolError(`a body that is not ${notation.name}`, error);
      }
    },
  };
}

function encodeAsGraph(value: unknown, notation: Notation): EncodedBody {
  const { nodes, attachments } = encodeGraph(value);
  const body = notation.write(nodes);
  if (body === null) throw unserializableError('data', `something that ${notation.name} can't hold`);
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
