/** One end of a message channel, wherever it is. */
export interface Port {
  post(message: unknown): void;
  close(): void;
  /** Starts delivery. `close` is called when the other end is gone. Called once. */
  listen(events: { message(data: unknown): void; close(): void }): void;
}

/** As much of a page's `MessagePort` as is needed, or of Node's. */
export interface WebPort {
  postMessage(message: unknown): void;
  close(): void;
  start(): void;
  addEventListener(type: 'message' | 'close', listener: (event: Event) => void): void;
}

/** As much of Electron's `MessagePortMain` as is needed. */
export interface MainPort {
  postMessage(message: unknown): void;
  close(): void;
  start(): void;
  on(type: 'message', listener: (event: { readonly data: unknown }) => void): unknown;
  on(type: 'close', listener: () => void): unknown;
}

export function fromWebPort(port: WebPort): Port {
  return {
    post: (message) => port.postMessage(message),
    close: () => port.close(),
    listen(events) {
      port.addEventListener('message', (event) => events.message('data' in event ? event.data : undefined));
      port.addEventListener('close', () => events.close());
      port.start();
    },
  };
}

export function fromMainPort(port: MainPort): Port {
  return {
    post: (message) => port.postMessage(message),
    close: () => port.close(),
    listen(events) {
      port.on('message', ({ data }) => events.message(data));
      port.on('close', () => events.close());
      port.start();
    },
  };
}
