import { availableParallelism } from 'node:os';
import { setTimeout } from 'node:timers/promises';
import { SidecarHost } from 'ipc-link/host';
import { work } from './sidecar-contract.mjs';

const ENTRY = new URL('sidecar-entry.mjs', import.meta.url);
const CONCURRENCY = 16;
/** Duration of one call. */
const BUSY_MS = 1;
/** Sidecars that return bytes, how many each returns, and to how many calls at once, so that none pauses. */
const GIVERS = 4;
const GIVEN_BYTES = 1_048_576;
const GIVEN_AT_ONCE = 2;
/** For a process to come to rest after it has connected: what it still loads then is part of its start, not of a crash. */
const REST_MS = 300;

/** Sidecars under supervision. The setting `launcher` is 'fork' or 'utility'; `hasSpare` keeps a process in reserve, `priority` is theirs. @type {import('../types.d.ts').PeerModule['connect']} */
export async function connect({ settings }) {
  const launcher = await loadLauncher(settings);
  const createHost = (/** @type {number} */ instances) =>
    new SidecarHost({
      sidecars: {
        work: {
          contract: work,
          entry: ENTRY,
          launcher,
          instances,
          concurrency: CONCURRENCY,
          spares: settings['hasSpare'] === true ? 1 : 0,
          priority: settings['priority'] === 'below-normal' ? 'below-normal' : 'normal',
        },
      },
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
    async recover() {
      const host = createHost(1);
      const hasSpare = nextState(host, 'spare');
      await host.start();
      await hasSpare;
      await setTimeout(REST_MS);
      const isReady = nextState(host, 'ready');
      const start = performance.now();
      process.kill(pidOf(host), 'SIGKILL');
      await isReady;
      const milliseconds = performance.now() - start;
      await host.stop();
      return milliseconds;
    },
    async saturate(load) {
      const instances = load === 'bytes' ? GIVERS : availableParallelism();
      const host = createHost(instances);
      await host.start();
      const client = host.client(work);
      const stop =
        load === 'bytes'
          ? keepBusy(() => client.give({ bytes: GIVEN_BYTES }), instances * GIVEN_AT_ONCE)
          : keepBusy(() => client.burn({ milliseconds: BUSY_MS }), instances * CONCURRENCY);
      return async () => {
        await stop();
        await host.stop();
      };
    },
    close: async () => {},
  };
}

/** @param {SidecarHost} host @param {import('ipc-link/host').InstanceState} wanted @returns {Promise<void>} */
function nextState(host, wanted) {
  return new Promise((resolve) => {
    host.on('state', ({ state }) => {
      if (state === wanted) resolve();
    });
  });
}

/** @param {SidecarHost} host @returns {number} The process that takes the calls. */
function pidOf(host) {
  const pid = host.status()[0]?.pid;
  if (pid === undefined) throw new Error('The sidecar has no process.');
  return pid;
}

/** @param {import('../types.d.ts').Peer['settings']} settings @returns {Promise<import('ipc-link/host').Launcher>} */
async function loadLauncher({ launcher }) {
  if (launcher === 'utility') return (await import('ipc-link/electron/utility')).utilityLauncher();
  return (await import('ipc-link/host/fork')).forkLauncher();
}

/**
 * @param {() => Promise<unknown>} call
 * @param {number} calls Under way at any time.
 * @returns {() => Promise<void>} Stops.
 */
function keepBusy(call, calls) {
  const stopping = new AbortController();
  const callOnAndOn = async () => {
    while (!stopping.signal.aborted) await call();
  };
  const all = Promise.all(Array.from({ length: calls }, callOnAndOn));
  return async () => {
    stopping.abort();
    await all;
  };
}
