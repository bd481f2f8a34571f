import { CONNECT, CONNECTED } from '#port/channel';
import { ipcRenderer } from 'electron';

/**
 * Gives this document ports to the main process whenever it asks for one, and knows nothing of what goes through them. To
 * be called once, from the preload; `connectSidecars` in the page does the rest.
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
