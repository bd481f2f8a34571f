import { connectSidecars } from 'ipc-link/window';
import { offer } from '../../windows/page/offer.mjs';

offer(connect());

/** @returns {Promise<import('../../types.d.ts').PageSubject>} */
async function connect() {
  /** @type {import('ipc-link/window').Sidecars<{ demo: typeof import('./contract.mjs').demo }>} */
  const { demo } = await connectSidecars();
  return {
    echo: (value) => demo.echo(value),
    takeBytes: () => demo.bytes(null),
    async readItems(count, take) {
      for await (const item of demo.items(count)) if (!take(item)) break;
    },
  };
}
