import { LinkError } from '../link-error.ts';
import * as platform from '../platform/node.ts';
import { isRefusalCode, readReplyCode } from './codes.ts';

/** What `send` resolves with: the request's id, `success: true`, and all that the replier sent. */
export interface Reply {
  readonly id: string;
  readonly success: unknown;
  readonly [key: string]: unknown;
}

/**
 * A reply with `success: false`. It has the properties that the replier sent, but for those that are declared here, and
 * `reply` holds all of them as they came.
 *
 * `code` is the replier's own; where it sent none, `ERR_LINK_REPLY`. So it is for a code of the link or the host
 * (`ERR_LINK_...`, `ERR_SIDECAR_...`) that a handler's error had, say because a call of its own timed out: found here such
 * a code always tells of this call. The handler's is in `reply.code`.
 */
export class ReplyError extends LinkError {
  static override readonly name: string = 'ReplyError';
  override readonly name: string = 'ReplyError';
  /** The request's. */
  readonly id: string;
  readonly success: false = false;
  /** Whether the other side's link refused the request, or its host; false where a handler failed. */
  readonly isRefusal: boolean;
  /**
   * What the replier sent, spread over the request's `id` and `success: false`; an error's `stack` too, which this error's
   * own `stack` repeats between its first line and its frames.
   */
  readonly reply: Reply;
  /** Paths of what the replier's error had and could not be sent, or was cut, such as `config.adapter`; absent where nothing is missing. */
  declare readonly omitted?: readonly string[];

  /**
   * @param details.id The request's. @default the reply's
   * @param details.isRefusal Whether the replier's link said it, and no handler: its code is believed then. null where the
   * replier doesn't tell, and the code decides. @default false
   * @param details.code The code, for somebody who knows that it is to be believed. @default as described above
   */
  constructor(
    peer: string,
    reply: Reply,
    details: { readonly id?: string; readonly isRefusal?: boolean | null; readonly code?: string } = {},
  ) {
    const { message, cause, omitted } = reply;
    const { id = reply.id, isRefusal: told = false } = details;
    const isRefusal = told ?? isRefusalCode(reply['code']);
    const { code = readReplyCode(reply['code'], isRefusal) } = details;
    const sentence = typeof message === 'string' ? message : `'${peer}' replied to ${id} with success: false.`;
    super(code, sentence, 'cause' in reply ? { cause } : undefined);
    this.id = id;
    this.isRefusal = isRefusal;
    this.reply = reply;
    const { stack } = reply;
    if (typeof stack === 'string') this.stack = withRemoteStack(this, peer, stack);
    if (isListOfTexts(omitted)) define(this, 'omitted', omitted);
    for (const [key, value] of Object.entries(reply)) {
      if (!reserved.has(key)) define(this, key, value);
    }
  }
}

/** Puts the stack of the other process first, because where an error was thrown tells more than where it arrived. */
function withRemoteStack({ stack = '', message }: Error, peer: string, remote: string): string {
  const frames = stack.indexOf('\n    at ', stack.indexOf(message) + message.length);
  const end = frames === -1 ? stack.length : frames;
  const told = `Stack of '${peer}': ${remote}`.replaceAll('\n', '\n    ');
  return `${stack.slice(0, end)}\n    ${told}${stack.slice(end)}`;
}

/** Properties that a replier can't set. */
const reserved = new Set([
  'id',
  'success',
  'isRefusal',
  'code',
  'message',
  'cause',
  'stack',
  'reply',
  'omitted',
  '__proto__',
  'constructor',
]);

function define(error: Error, key: string, value: unknown): void {
  Object.defineProperty(error, key, { value, enumerable: true, configurable: true, writable: true });
}

function isListOfTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}

/** A failed answer as it came. */
export interface FailedAnswer {
  /** The request's. */
  readonly id: string;
  readonly data: unknown;
  /** Whether the replier's link gave it, and no handler; null where the replier doesn't tell. */
  readonly isRefusal: boolean | null;
}

/** The code that a failed answer rejects with, and whether the replier's link gave it. */
export function describeFailedAnswer({ data, isRefusal: told }: FailedAnswer): {
  readonly code: string;
  readonly isRefusal: boolean;
} {
  const code: unknown = typeof data === 'object' && data !== null && 'code' in data ? data.code : undefined;
  const isRefusal = told ?? isRefusalCode(code);
  return { code: readReplyCode(code, isRefusal), isRefusal };
}

/** What a failed answer rejects with. */
export function createReplyError(peer: string, answer: FailedAnswer): ReplyError {
  const { id, data } = answer;
  return new ReplyError(peer, createReply(id, false, data), { id, ...describeFailedAnswer(answer) });
}

/** Whether a reply counts as success: its own `success`, else the second argument, else true (false for an Error). */
export function decideSuccess(data: unknown, success: boolean | undefined): boolean {
  if (isRecord(data) && data['success'] !== undefined) return data['success'] === true;
  return success ?? !isError(data);
}

/**
 * The reply as its requester sees it. The properties of an object are spread; anything else is found under `data`, and
 * an Error is spread with its `name`, `message`, `stack`, `cause` and `errors`.
 */
export function createReply(id: string, success: boolean, data: unknown): Reply {
  if (data === undefined) return { id, success };
  if (isRecord(data)) return { id, success, ...data };
  if (!isError(data)) return { id, success, data };
  const { name, message, stack, ...own } = data;
  const cause = 'cause' in data ? { cause: data.cause } : {};
  const errors = 'errors' in data ? { errors: data.errors } : {};
  return { id, success, name, message, stack, ...cause, ...errors, ...own };
}

/** Whether a reply made of it has its properties. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || !isExotic(value);
}

/** Objects whose content is not in their own properties. */
function isExotic(value: object): boolean {
  return (
    isError(value) ||
    ArrayBuffer.isView(value) ||
    platform.isAnyArrayBuffer(value) ||
    platform.isMap(value) ||
    platform.isSet(value) ||
    platform.isDate(value) ||
    platform.isRegExp(value) ||
    platform.isBoxedPrimitive(value) ||
    platform.isPromise(value)
  );
}

export function isError(value: unknown): value is Error {
  return value instanceof Error || platform.isNativeError(value);
}
