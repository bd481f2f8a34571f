// Two processes share the work. Each call goes to the least busy one and reports its progress.
import { SidecarHost } from 'ipc-link/host';
import { forkLauncher } from 'ipc-link/host/fork';
import { primes } from './primes/contract.mjs';

const host = new SidecarHost({
  sidecars: {
    primes: {
      contract: primes,
      entry: new URL('./primes/sidecar.mjs', import.meta.url),
      launcher: forkLauncher(),
      instances: 2, // 'auto': one per processor but one
      concurrency: 1, // calls at once per process; the others wait in a queue
      queue: { limit: 100 }, // one more is refused with ERR_LINK_OVERLOADED
    },
  },
});

await host.start();
const client = host.client(primes);
const limits = [50_000, 100_000, 150_000, 200_000];
const counts = await Promise.all(
  limits.map((below) =>
    client.count({ below }, { onProgress: ({ percent }) => console.log(`below ${below}: ${percent} %`) }),
  ),
);
limits.forEach((below, index) => console.log(`${counts[index]} primes below ${below}`));
for (const { instance, restarts, latency } of host.status()) {
  console.log(`${instance}: ${restarts} restarts, ${latency?.count ?? 0} calls`);
}
await host.stop();
