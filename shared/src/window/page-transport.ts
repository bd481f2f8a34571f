import { fromWebPort, type WebPort } from '../transport/port.ts';
import { PortStream } from '../transport/port-stream.ts';
import { connectError } from '../transport/errors.ts';
import type { ByteStream, Listener, Transport } from '../transport/transport.ts';
import { CONNECT, CONNECTED, UNANSWERED } from '../port/channel.ts';
import { noPreloadError } from './errors.ts';

/** As much of a page's `window` as its transport needs. */
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
 * How a page reaches the processes of its app: its preload asks for a port to each. A window's messages arrive one after
 * the other, and the preload hears each before the page does: it has answered a request before the page has heard its own.
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

/** What a message about that request is, or null where it is about none of ours. */
function readType(data: unknown, id: string): unknown {
  if (typeof data !== 'object' || data === null) return null;
  const { type, id: meant }: { readonly type?: unknown; readonly id?: unknown } = data;
  return meant === id ? type : null;
}
