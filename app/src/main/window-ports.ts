import type { MessagePortMain, WebContents } from 'electron';

/** Ports that a document may have: it needs one to the main process, and one to each process that it calls directly. */
export const MAX_PORTS = 16;

/** Chromium's error code for a load that was aborted. The old document then stays. */
const ABORTED = -3;

interface Window {
  readonly ports: Set<MessagePortMain>;
  readonly unwatch: () => void;
}

/**
 * The open ports of each window's document. They are closed as soon as another document takes its place. Messages that the old
 * document posted could arrive after that, and would count as the new one's: the frame already has the new URL.
 */
export class WindowPorts {
  readonly #windows = new Map<WebContents, Window>();

  /** @returns False where the document already has as many ports as it may have. */
  add(contents: WebContents, port: MessagePortMain): boolean {
    const { ports } = this.#windows.get(contents) ?? this.#watch(contents);
    if (ports.size >= MAX_PORTS) return false;
    ports.add(port);
    port.on('close', () => ports.delete(port));
    return true;
  }

  /** Forgets a port that a sidecar has taken over, without closing it. */
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
