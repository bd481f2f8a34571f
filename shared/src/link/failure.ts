import type { Codec, EncodedBody } from '../envelope/codec.ts';
import { inspect } from '../platform/node.ts';
import { isError, isRecord } from './reply.ts';

/**
 * The body of a failed answer, made of whatever was thrown: as much of it as can be sent in so many bytes. Where it has no
 * `message`, one is added that says what it was. Never throws.
 */
export function encodeFailure(thrown: unknown, codec: Codec, maxBytes: number): EncodedBody {
  const body = codec.encodeFailure(toFailure(thrown), maxBytes);
  return body ?? codec.encodeFailure(describeThrown(thrown), maxBytes) ?? codec.encode(undefined);
}

/** An Error as it is, anything else with a `message`: the properties of an object, or what it is as `data`. */
function toFailure(thrown: unknown): object {
  try {
    if (isError(thrown)) return thrown;
    if (isRecord(thrown))
      return typeof thrown['message'] === 'string' ? thrown : { ...thrown, ...describeThrown(thrown) };
  } catch {
    // A getter or a Proxy that throws.
  }
  return thrown === undefined ? describeThrown(thrown) : { ...describeThrown(thrown), data: thrown };
}

function describeThrown(thrown: unknown): { readonly message: string } {
  return { message: `The handler threw ${show(thrown)}.` };
}

function show(thrown: unknown): string {
  try {
    return inspect(thrown).slice(0, 2_000);
  } catch {
    return 'something that cannot be described';
  }
}
