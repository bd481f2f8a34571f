import type { MessagePortMain, WebContents } from 'electron';

/** A page needs one port to its main process, and one to each process that it calls directly. */
export const MAX_PORTS = 16;

/** Chromium's number for a load that was given up, so that the document stays. */
const ABORTED = -3;

interface Window {
  readonly ports: Set<MessagePortMain>;
  readonly unwatch: () => void;
}

/**
 * The open ports of each window's document. They are closed as soon as another document takes its place: what the old one
 * has posted may still arrive then, while its frame already has the URL of the new one.
 */
export class WindowPorts {
  readonly #windows = new Map<WebContents, Window>();

  /** @returns False where the document has as many ports as it may. */
  add(contents: WebContents, port: MessagePortMain): boolean {
    const { ports } = this.#windows.get(contents) ?? this.#watch(contents);
    if (ports.size >= MAX_PORTS) return false;
    ports.add(port);
    port.on('close', () => ports.delete(port));
    return true;
  }

  /** The port is no longer this process's. */
  release(contents: WebContents, port: MessagePortMain): void {
    this.#windows.get(contents)?.ports.delete(port);
  }

  close(): void {
    for (const { ports, unwatch } of this.#windows.values()) {
      unwatch();
      closeAll(ports);
    }
    this.#windows.clear();
  }

  #watch(contents: WebContents): Window {
    const ports = new Set<MessagePortMain>();
    const leave = (): void => closeAll(ports);
    const fail = (_event: unknown, code: number, _text: string, _url: string, isMainFrame: boolean): void => {
      if (isMainFrame && code !== ABORTED) leave();
    };
    const forget = (): void => void this.#windows.delete(contents);
    contents.on('did-navigate', leave).on('did-fail-provisional-load', fail).once('destroyed', forget);
    const unwatch = (): void => {
      contents.off('did-navigate', leave).off('did-fail-provisional-load', fail).off('destroyed', forget);
    };
    const window = { ports, unwatch };
    this.#windows.set(contents, window);
    return window;
  }
}

function closeAll(ports: ReadonlySet<MessagePortMain>): void {
  for (const port of ports) port.close();
}
