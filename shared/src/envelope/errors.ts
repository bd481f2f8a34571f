import { LinkError } from '../link-error.ts';
import { MAX_VALUES } from './limits.ts';

/** Bytes or a frame that the protocol does not allow: the connection that sent them ends. */
export function protocolError(detail: string, cause?: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_PROTOCOL',
    `The peer broke the protocol: ${detail}. Is it an ipc-link of this version?`,
    {
      cause,
    },
  );
}

/** A value that cannot be sent without changing it. */
export function unserializableError(path: string, what: string, cause?: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_UNSERIALIZABLE',
    `${path} is ${what} and can't be sent. Leave it out or turn it into plain data first.`,
    { cause },
  );
}

/** A message over the frame limit, refused before any of it was written. */
export function tooLargeError(bytes: number, limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_TOO_LARGE',
    `The message takes ${bytes} bytes and the limit is ${limit}. Split it, use a stream, or raise maxFrameBytes on both sides.`,
  );
}

/** A message of more values than a receiver takes, refused before any of it was written. */
export function tooManyValuesError(cause?: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_TOO_LARGE',
    `The message holds more than ${MAX_VALUES} values. Split it, use a stream, or send typed arrays instead of numbers.`,
    { cause },
  );
}
