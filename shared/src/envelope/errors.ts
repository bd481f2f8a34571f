import { LinkError, UnserializableError } from '../link-error.ts';
import { MAX_VALUES } from './limits.ts';

/** The peer sent bytes or a frame that the protocol does not allow. Its connection ends. */
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
 * A value can't be sent without being changed.
 *
 * @param path The path from the whole value to the part that can't be sent, such as `.list[0]`.
 */
export function unserializableError(path: string, what: string, cause?: unknown): UnserializableError {
  return new UnserializableError(path, what, { cause });
}

/** A message is larger than the frame limit. Nothing of it has been written. */
export function tooLargeError(bytes: number, limit: number): LinkError {
  return new LinkError(
    'ERR_LINK_TOO_LARGE',
    `The message takes ${bytes} bytes and the limit is ${limit}. Split it, use a stream, or raise maxFrameBytes on both sides.`,
  );
}

/** A message has more values than a receiver takes. Nothing of it has been written. */
export function tooManyValuesError(cause?: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_TOO_LARGE',
    `The message holds more than ${MAX_VALUES} values. Split it, use a stream, or send typed arrays instead of numbers.`,
    { cause },
  );
}

/** The JSON of a message is longer than a string can be. */
export function tooLongTextError(cause: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_TOO_LARGE',
    'The message is longer than a text can be. Split it, use a stream, or send bytes instead of text.',
    { cause },
  );
}

/** There is no memory for a message: it is larger than a buffer can be, or than the memory that is left. */
export class TooLongBodyError extends LinkError {
  static override readonly name: string = 'LinkError';

  constructor(cause: unknown) {
    const problem = 'The message is longer than the memory that can be had for it. Split it, or use a stream.';
    super('ERR_LINK_TOO_LARGE', problem, { cause });
  }
}
