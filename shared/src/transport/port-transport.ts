import { connectError } from './errors.ts';
import type { Port } from './port.ts';
import { PortStream, type PortStreamOptions } from './port-stream.ts';
import type { ByteStream, Listener, Transport } from './transport.ts';

/** One message port as a transport: whoever holds its other end is the one peer that connects. */
export class PortTransport implements Transport {
  readonly #port: Port;
  readonly #options: PortStreamOptions;

  constructor(port: Port, options: PortStreamOptions = {}) {
    this.#port = port;
    this.#options = options;
  }

  listen(_name: string, onStream: (stream: ByteStream) => void): Promise<Listener> {
    onStream(new PortStream(this.#port, this.#options));
    return Promise.resolve({ close: () => {} });
  }

  connect(name: string): Promise<ByteStream> {
    return Promise.reject(connectError(name, 'the other end of a message port'));
  }
}
