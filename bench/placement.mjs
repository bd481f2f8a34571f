// `node bench/placement.mjs`: uneven work on four workers, given out by a host to the least busy one, and by NATS's queue group at random.
// The work is waiting, so that the figures are of the queues and not of this machine.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connect } from '@nats-io/transport-node';
import { SidecarHost } from 'ipc-link/host';
import { natsLauncher, runAgent } from 'ipc-link/nats';
import { installNatsServer, startNatsServer } from '../app/test/nats/support/nats-server.mjs';
import { createAuthority } from '../shared/test/support/certificates.mjs';
import { waiting } from './placement/contract.mjs';

const WORKERS = 4;
const CALLS = 600;
/** Calls that wait or are worked on at once. */
const CALLERS = 6;
/** One call in ten takes fifteen times as long as the others. */
const workOf = (/** @type {number} */ index) => (index % 10 === 0 ? 150 : 10);

const folder = mkdtempSync(join(tmpdir(), 'ipc-link-bench-'));
installNatsServer();
const server = await startNatsServer({ folder: join(folder, 'nats') });
try {
  await report('ipc-link, the least busy', measureHost);
  await report('NATS, a queue group', measureQueueGroup);
} finally {
  await server.stop('SIGKILL');
  rmSync(folder, { recursive: true });
}

/** @param {(run: (call: (ms: number) => Promise<unknown>) => Promise<void>) => Promise<void>} measure @param {string} title */
async function report(title, measure) {
  /** @type {number[]} */
  const times = [];
  let whole = 0;
  await measure(async (call) => {
    const startedAt = performance.now();
    let next = 0;
    const ask = async () => {
      for (let index = next++; index < CALLS; index = next++) {
        const askedAt = performance.now();
        // oxlint-disable-next-line no-await-in-loop -- each caller waits for its answer
        await call(workOf(index));
        times.push(performance.now() - askedAt - workOf(index));
      }
    };
    await Promise.all(Array.from({ length: CALLERS }, ask));
    whole = performance.now() - startedAt;
  });
  const sorted = times.toSorted((one, other) => one - other).map(Math.round);
  const at = (/** @type {number} */ share) => sorted[Math.floor(share * (sorted.length - 1))];
  console.log(
    `${title.padEnd(26)} waited ms p50 ${at(0.5)}  p95 ${at(0.95)}  most ${at(1)};  all in ${Math.round(whole)} ms`,
  );
}

/** @param {(call: (ms: number) => Promise<unknown>) => Promise<void>} run */
async function measureHost(run) {
  const tls = createAuthority(folder).issue('both');
  const group = { servers: server.url, group: 'bench', secret: 'a secret of the benchmark, 32 bytes long', tls };
  const entry = fileURLToPath(new URL('placement/worker.mjs', import.meta.url));
  const agent = await runAgent({ ...group, entries: { waiting: { entry } }, max: WORKERS });
  const launcher = natsLauncher({ ...group, entry: 'waiting', listen: { host: '127.0.0.1' } });
  const sidecar = { contract: waiting, launcher, instances: WORKERS, concurrency: 1, startTimeout: 60_000 };
  const host = new SidecarHost({ sidecars: { waiting: sidecar } });
  await host.start();
  await run((ms) => host.client(waiting).wait(ms));
  await host.stop();
  await agent.stop();
}

/** Each worker does one thing after the other, as the sidecars do. @param {(call: (ms: number) => Promise<unknown>) => Promise<void>} run */
async function measureQueueGroup(run) {
  const workers = await Promise.all(Array.from({ length: WORKERS }, () => connect({ servers: server.url })));
  for (const worker of workers) {
    let last = Promise.resolve();
    const callback = (/** @type {unknown} */ _, /** @type {import('@nats-io/transport-node').Msg} */ message) => {
      last = last.then(async () => {
        await new Promise((resolve) => setTimeout(resolve, Number(message.json())));
        message.respond('1');
      });
    };
    worker.subscribe('wait', { queue: 'bench', callback });
  }
  await Promise.all(workers.map((worker) => worker.flush()));
  const caller = await connect({ servers: server.url });
  await run((ms) => caller.request('wait', JSON.stringify(ms), { timeout: 60_000 }));
  await Promise.all([caller, ...workers].map((each) => each.close()));
}
