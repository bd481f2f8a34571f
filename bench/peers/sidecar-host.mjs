import { availableParallelism } from 'node:os';
import { SidecarHost } from 'ipc-link/host';
import { work } from './sidecar-contract.mjs';

const ENTRY = new URL('sidecar-entry.mjs', import.meta.url);
const CONCURRENCY = 16;
/** Duration of one call. */
const BUSY_MS = 1;

/** Sidecars under supervision. The setting `launcher` is 'fork' or 'utility'. @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect({ settings }) {
  const launcher = await loadLauncher(settings);
  const createHost = (/** @type {number} */ instances) =>
    new SidecarHost({
      sidecars: { work: { contract: work, entry: ENTRY, launcher, instances, concurrency: CONCURRENCY } },
    });
  return {
    async startUp() {
      const host = createHost(1);
      const start = performance.now();
      await host.start();
      const milliseconds = performance.now() - start;
      await host.stop();
      return milliseconds;
    },
    async saturate() {
      const instances = availableParallelism();
      const host = createHost(instances);
      await host.start();
      const stop = keepBusy(host.client(work), instances * CONCURRENCY);
      return async () => {
        await stop();
        await host.stop();
      };
    },
    close: async () => {},
  };
}

/** @param {import('../types.d.ts').Peer['settings']} settings @returns {Promise<import('ipc-link/host').Launcher>} */
async function loadLauncher({ launcher }) {
  if (launcher === 'utility') return (await import('ipc-link/electron/utility')).utilityLauncher();
  return (await import('ipc-link/host/fork')).forkLauncher();
}

/**
 * @param {import('ipc-link/contract').Client<typeof work>} client
 * @param {number} calls Under way at any time.
 * @returns {() => Promise<void>} Stops.
 */
function keepBusy(client, calls) {
  const stopping = new AbortController();
  const callOnAndOn = async () => {
    while (!stopping.signal.aborted) await client.burn({ milliseconds: BUSY_MS });
  };
  const all = Promise.all(Array.from({ length: calls }, callOnAndOn));
  return async () => {
    stopping.abort();
    await all;
  };
}
