import { MAX_KEY_LENGTH } from '../call/options.ts';
import type { Codec, EncodedBody } from '../envelope/codec.ts';
import { protocolError } from '../envelope/errors.ts';
import { UnserializableError } from '../link-error.ts';
import type { Call } from './call.ts';
import type { Clock } from './clock.ts';

/** @throws LinkError `ERR_LINK_UNSERIALIZABLE`, `ERR_LINK_TOO_LARGE` */
export function encodeRequest(call: Call, codec: Codec, clock: Clock): EncodedBody {
  try {
    return codec.encode(createRequestBody(call, clock));
  } catch (error) {
    // The path in the error starts at the sender's data, not at the envelope around it.
    throw error instanceof UnserializableError ? error.within('.data', 'data') : error;
  }
}

/** What a request frame carries: `{ id, data }`, and `task`, `timeout`, `traceparent` and `key` where there are any. */
function createRequestBody(call: Call, clock: Clock): object {
  const { id, data, task, timeoutMs, traceparent, key } = call.request;
  const body: Record<string, unknown> = { id, data };
  if (task !== undefined) body['task'] = task;
  if (timeoutMs !== 0) body['timeout'] = call.hasWaited ? call.timeLeftMs(clock.now()) : timeoutMs;
  if (traceparent !== undefined) body['traceparent'] = traceparent;
  if (key !== undefined) body['key'] = key;
  return body;
}

/** What arrives under these names may be anything. */
interface RequestBody {
  readonly id?: unknown;
  readonly data?: unknown;
  readonly task?: unknown;
  readonly timeout?: unknown;
  readonly traceparent?: unknown;
  readonly key?: unknown;
}

/** What a request that has arrived is about; `timeoutMs` 0 is for ever. */
export interface InboundFields {
  readonly id: string;
  readonly data: unknown;
  readonly task: string | undefined;
  readonly timeoutMs: number;
  readonly traceparent: string | undefined;
  readonly key: string | undefined;
  readonly isStream: boolean;
}

/** @throws LinkError `ERR_LINK_PROTOCOL` when it isn't one. */
export function readRequestBody(body: unknown, isStream: boolean): InboundFields {
  if (typeof body !== 'object' || body === null) throw protocolError('a request that is not an object');
  const { id, data, task, timeout, traceparent, key }: RequestBody = body;
  if (typeof id !== 'string') throw protocolError('a request without an id');
  if (task !== undefined && typeof task !== 'string') throw protocolError('a task that is not a name');
  if (traceparent !== undefined && typeof traceparent !== 'string')
    throw protocolError('a traceparent that is not text');
  if (key !== undefined && typeof key !== 'string') throw protocolError('a key that is not text');
  if (key !== undefined && key.length > MAX_KEY_LENGTH) throw protocolError('a key that is too long');
  const timeoutMs = typeof timeout === 'number' && timeout > 0 ? timeout : 0;
  return { id, data, task, timeoutMs, traceparent, key, isStream };
}
