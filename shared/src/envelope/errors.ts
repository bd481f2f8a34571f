import { LinkError, UnserializableError } from '../link-error.ts';
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

/**
 * A value that cannot be sent without changing it.
 *
 * @param path From what is sent to the part in question, such as `.list[0]`.
 */
export function unserializableError(path: string, what: string, cause?: unknown): UnserializableError {
  return new UnserializableError(path, what, { cause });
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

/** A message whose JSON is longer than a text can be. */
export function tooLongTextError(cause: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_TOO_LARGE',
    'The message is longer than a text can be. Split it, use a stream, or send bytes instead of text.',
    { cause },
  );
}

/** A message that no memory can be had for: larger than a buffer can be, or than what is left. */
export class TooLongBodyError extends LinkError {
  static override readonly name: string = 'LinkError';

  constructor(cause: unknown) {
    const problem = 'The message is longer than the memory that can be had for it. Split it, or use a stream.';
    super('ERR_LINK_TOO_LARGE', problem, { cause });
  }
}
