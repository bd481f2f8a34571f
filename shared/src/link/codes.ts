/** Codes that only the link and the host may give: an error of a peer's program that has one of them loses it. */
const reserved = /^ERR_(LINK|SIDECAR)_/;

/** Codes with which a replier's link refuses a request. docs/PROTOCOL.md says when. */
const refusals: ReadonlySet<string> = new Set([
  'ERR_LINK_NO_HANDLER',
  'ERR_LINK_OVERLOADED',
  'ERR_LINK_CLOSED',
  'ERR_LINK_UNSERIALIZABLE',
  'ERR_LINK_TOO_LARGE',
  'ERR_LINK_INVALID_INPUT',
  'ERR_LINK_INVALID_PROGRESS',
  'ERR_LINK_WRONG_KIND',
]);

/** Codes that this side gives to its own calls. They are no reason for a peer to end a connection. */
const callCodes: ReadonlySet<string> = new Set([
  'ERR_LINK_CONNECT',
  'ERR_LINK_DUPLICATE_ID',
  'ERR_LINK_HANDLER',
  'ERR_LINK_INVALID_ARGUMENT',
  'ERR_LINK_INVALID_INPUT',
  'ERR_LINK_INVALID_OUTPUT',
  'ERR_LINK_INVALID_PROGRESS',
  'ERR_LINK_NO_HANDLER',
  'ERR_LINK_NO_PRELOAD',
  'ERR_LINK_PEER_LOST',
  'ERR_LINK_REPLY',
  'ERR_LINK_TIMEOUT',
  'ERR_LINK_TOO_LARGE',
  'ERR_LINK_UNSERIALIZABLE',
  'ERR_LINK_WRONG_KIND',
]);

/**
 * The code of a failed reply as its requester sees it: `ERR_LINK_REPLY` where the replier gave none that it may give.
 *
 * @param isRefusal Whether the replier's link said it, and no handler.
 */
export function readReplyCode(code: unknown, isRefusal: boolean): string {
  if (typeof code !== 'string') return 'ERR_LINK_REPLY';
  const isAllowed = reserved.test(code) ? isRefusal && refusals.has(code) : true;
  return isAllowed ? code : 'ERR_LINK_REPLY';
}

/** Whether a failed answer is taken for the word of the replier's link where the replier doesn't tell. */
export function isRefusalCode(code: unknown): boolean {
  return typeof code === 'string' && refusals.has(code);
}

/** Whether a goodbye may give that code as its reason. Newer versions may have some that this one has not. */
export function isGoodbyeCode(code: string): boolean {
  return /^ERR_LINK_[A-Z_]{1,50}$/.test(code) && !callCodes.has(code);
}
