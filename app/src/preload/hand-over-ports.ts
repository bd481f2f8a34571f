import { CONNECT, CONNECTED } from '#port/channel';
import { ipcRenderer } from 'electron';

/**
 * Gives this document a port to the main process whenever the page asks for one. The messages that go through the port don't
 * pass the preload. Call it once, in the preload; `connectSidecars` in the page asks for the ports.
 */
export function handOverPorts(): void {
  window.addEventListener('message', ({ source, data }) => {
    if (source !== window || !isRequest(data)) return;
    const { port1, port2 } = new MessageChannel();
    ipcRenderer.postMessage(CONNECT, data.name, [port2]);
    window.postMessage({ type: CONNECTED, id: data.id }, '*', [port1]);
  });
}

interface PortRequest {
  readonly id: string;
  readonly name: string;
}

function isRequest(data: unknown): data is PortRequest {
  if (typeof data !== 'object' || data === null) return false;
  const { type, id, name }: { readonly type?: unknown; readonly id?: unknown; readonly name?: unknown } = data;
  return type === CONNECT && typeof id === 'string' && typeof name === 'string';
}
