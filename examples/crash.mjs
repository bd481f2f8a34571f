// A sidecar crashes during a call. The host makes the call again on a new process, because the task is declared idempotent.
import { SidecarHost } from 'ipc-link/host';
import { forkLauncher } from 'ipc-link/host/fork';
import { primes } from './primes/contract.mjs';

const host = new SidecarHost({
  sidecars: {
    primes: { contract: primes, entry: new URL('./primes/sidecar.mjs', import.meta.url), launcher: forkLauncher() },
  },
});
host.on('state', ({ instance, previous, state }) => console.log(`${instance}: ${previous} -> ${state}`));
// On Windows a process that was killed by another has an exit code and no signal.
host.on('crash', ({ code, signal, exitCode }) =>
  console.log(`${code}, ended ${signal ? `by ${signal}` : `with code ${exitCode}`}`),
);

await host.start();
let isKilled = false;
const onProgress = () => {
  if (!isKilled) process.kill(host.status()[0].pid, 'SIGKILL');
  isKilled = true;
};
const found = await host.client(primes).count({ below: 100_000 }, { onProgress });
console.log(`${found} primes below 100000`);
await host.stop();
