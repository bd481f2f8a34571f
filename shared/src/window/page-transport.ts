import { fromWebPort, type WebPort } from '../transport/port.ts';
import { PortStream } from '../transport/port-stream.ts';
import { connectError } from '../transport/errors.ts';
import type { ByteStream, Listener, Transport } from '../transport/transport.ts';
import { CONNECT, CONNECTED, UNANSWERED } from '../port/channel.ts';
import { noPreloadError } from './errors.ts';

/** The members of a page's `window` that the transport uses. */
export interface PageWindow {
  postMessage(message: unknown, targetOrigin: string): void;
  addEventListener(type: 'message', listener: (event: PageMessage) => void): void;
  removeEventListener(type: 'message', listener: (event: PageMessage) => void): void;
}

export interface PageMessage {
  readonly source: unknown;
  readonly data: unknown;
  readonly ports: readonly WebPort[];
}

/**
 * Connects a page to the processes of its app, by ports that its preload asks for. Messages of a window arrive one after the
 * other, and the preload gets each before the page. So the preload has answered a request before the page sees its own message.
 */
export class PageTransport implements Transport {
  readonly #page: PageWindow;
  #asked = 0;

  constructor(page: PageWindow) {
    this.#page = page;
  }

  listen(): Promise<Listener> {
    return Promise.reject(new TypeError('Nobody connects to a page.'));
  }

  connect(name: string, signal: AbortSignal): Promise<ByteStream> {
    const id = `${name} ${++this.#asked} ${Math.random()}`;
    return new Promise((resolve, reject) => {
      const settle = (outcome: () => void): void => {
        this.#page.removeEventListener('message', receive);
        signal.removeEventListener('abort', abort);
        outcome();
      };
      const abort = (): void => settle(() => reject(connectError(name, 'the preload')));
      const receive = ({ source, data, ports: [port] }: PageMessage): void => {
        const type = source === this.#page ? readType(data, id) : null;
        if (type === CONNECT) this.#page.postMessage({ type: UNANSWERED, id }, '*');
        else if (type === UNANSWERED) settle(() => reject(noPreloadError(name)));
        else if (type === CONNECTED && port !== undefined) settle(() => resolve(new PortStream(fromWebPort(port))));
      };
      signal.addEventListener('abort', abort);
      this.#page.addEventListener('message', receive);
      this.#page.postMessage({ type: CONNECT, id, name }, '*');
    });
  }
}

/** Reads a message about a request, or returns null if it is about none of ours. */
function readType(data: unknown, id: string): unknown {
  if (typeof data !== 'object' || data === null) return null;
  const { type, id: meant }: { readonly type?: unknown; readonly id?: unknown } = data;
  return meant === id ? type : null;
}
