import { fromWebPort, type WebPort } from '../transport/port.ts';
import { PortStream } from '../transport/port-stream.ts';
import { connectError } from '../transport/errors.ts';
import type { ByteStream, Listener, Transport } from '../transport/transport.ts';
import { CONNECT, CONNECTED } from '../port/channel.ts';

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

/** How a page reaches the processes of its app: its preload asks for a port to each. */
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
      const receive = ({ source, data, ports }: PageMessage): void => {
        const [port] = ports;
        if (source === this.#page && port !== undefined && isConnected(data, id))
          settle(() => resolve(new PortStream(fromWebPort(port))));
      };
      signal.addEventListener('abort', abort);
      this.#page.addEventListener('message', receive);
      this.#page.postMessage({ type: CONNECT, id, name }, '*');
    });
  }
}

function isConnected(data: unknown, id: string): boolean {
  if (typeof data !== 'object' || data === null) return false;
  const { type, id: answered }: { readonly type?: unknown; readonly id?: unknown } = data;
  return type === CONNECTED && answered === id;
}
