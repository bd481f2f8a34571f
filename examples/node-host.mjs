// A host in plain Node: one sidecar, one call.
import { SidecarHost } from 'ipc-link/host';
import { forkLauncher } from 'ipc-link/host/fork';
import { primes } from './primes/contract.mjs';

const host = new SidecarHost({
  sidecars: {
    primes: { contract: primes, entry: new URL('./primes/sidecar.mjs', import.meta.url), launcher: forkLauncher() },
  },
});

await host.start(); // resolves when the sidecar is connected and has proved that it is ours
const found = await host.client(primes).count({ below: 100_000 }, { timeout: 30_000 });
console.log(`${found} primes below 100000`);
await host.stop(); // no process is left
