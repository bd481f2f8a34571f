import type { CodecName } from '../envelope/codec.ts';
import { randomBytes, toBase64Url } from '../platform/node.ts';
import type { Identity } from './handshake.ts';
import type { ResolvedOptions } from './options.ts';

const MAX_UINT32 = 0xffff_ffff;

/** How a Server introduces itself. */
export function createIdentity(name: string, options: ResolvedOptions): Identity {
  const { codec, secret, maxFrameBytes, streamWindow } = options;
  const other: CodecName = codec === 'msgpack' ? 'json' : 'msgpack';
  return {
    name,
    instance: toBase64Url(randomBytes(16)),
    codecs: [codec, other],
    secret,
    maxFrameBytes: Math.min(maxFrameBytes, MAX_UINT32),
    streamWindow: Math.min(streamWindow, MAX_UINT32),
  };
}
