import { types } from 'node:util';
import { LinkError } from '../link-error.ts';

/** What `send` resolves with: the request's id, `success: true`, and all that the replier sent. */
export interface Reply {
  readonly id: string;
  readonly success: unknown;
  readonly [key: string]: unknown;
}

/**
 * A reply with `success: false`. It has the reply's own properties (`id`, `success` and all that the replier sent), and
 * `reply` holds them together. `code` is the replier's where it sent one, else `ERR_LINK_REPLY`.
 */
export class ReplyError extends LinkError {
  override readonly name: string = 'ReplyError';
  readonly id: string;
  readonly success: unknown;
  readonly reply: Reply;

  constructor(peer: string, reply: Reply) {
    const { code, message, cause } = reply;
    const sentence = typeof message === 'string' ? message : `'${peer}' replied to ${reply.id} with success: false.`;
    super(typeof code === 'string' ? code : 'ERR_LINK_REPLY', sentence, 'cause' in reply ? { cause } : undefined);
    this.id = reply.id;
    this.success = reply.success;
    this.reply = reply;
    for (const [key, value] of Object.entries(reply)) {
      if (!reserved.has(key))
        Object.defineProperty(this, key, { value, enumerable: true, configurable: true, writable: true });
    }
  }
}

/** Set by the constructor itself, or not the replier's to set. */
const reserved = new Set(['code', 'message', 'cause', 'stack', 'reply', '__proto__', 'constructor']);

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

function isRecord(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || !isExotic(value);
}

/** Objects whose content is not in their own properties. */
function isExotic(value: object): boolean {
  return (
    isError(value) ||
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value) ||
    types.isMap(value) ||
    types.isSet(value) ||
    types.isDate(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    types.isPromise(value)
  );
}

function isError(value: unknown): value is Error {
  return value instanceof Error || types.isNativeError(value);
}
