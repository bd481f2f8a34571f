import { NodeIpcTransport } from './node-ipc.ts';
import type { Transport } from './transport.ts';

/** How peers are reached unless a Server is told otherwise. A bundle for pages has `page-default.ts` in its place. */
export function createDefaultTransport(options: ConstructorParameters<typeof NodeIpcTransport>[0]): Transport {
  return new NodeIpcTransport(options);
}
