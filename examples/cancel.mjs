// Three ways to end a call early: the caller's signal, its timeout, and leaving the loop over a stream.
import { SidecarHost } from 'ipc-link/host';
import { forkLauncher } from 'ipc-link/host/fork';
import { primes } from './primes/contract.mjs';

const host = new SidecarHost({
  sidecars: {
    primes: { contract: primes, entry: new URL('./primes/sidecar.mjs', import.meta.url), launcher: forkLauncher() },
  },
});
await host.start();
const client = host.client(primes);
const tooMany = { below: 1_000_000_000 };

// The call rejects at once; the handler's own signal is aborted in the other process, which then stops working.
const controller = new AbortController();
const onProgress = () => controller.abort();
const cancelled = await client.count(tooMany, { signal: controller.signal, onProgress }).catch((error) => error);
console.log(`cancelled: ${cancelled.name}`);

const late = await client.count(tooMany, { timeout: 100 }).catch((error) => error);
console.log(`late: ${late.code}`);

for await (const prime of client.list(tooMany)) {
  if (prime < 100) continue;
  console.log(`left the stream at ${prime}`);
  break;
}
await host.stop();
