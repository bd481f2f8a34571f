import type { Transport } from './transport.ts';

/** A page has no sockets: whoever makes a Server there says how its peers are reached. */
export function createDefaultTransport(): Transport {
  throw new TypeError('new Server(name, { transport }): a page needs a transport.');
}
