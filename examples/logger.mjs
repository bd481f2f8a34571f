// One function gets all lines about all sidecars: the lines that handlers log, that processes print, and the host's own.
import { SidecarHost } from 'ipc-link/host';
import { forkLauncher } from 'ipc-link/host/fork';
import { printable } from 'ipc-link';
import { primes } from './primes/contract.mjs';

const host = new SidecarHost({
  sidecars: {
    primes: { contract: primes, entry: new URL('./primes/sidecar.mjs', import.meta.url), launcher: forkLauncher() },
  },
  // The levels are those of pino, so that with `const logger = pino()` this line would be
  // log: ({ level, message, fields, ...origin }) => logger[level]({ ...fields, ...origin }, message),
  log: ({ level, message, fields, ...origin }) =>
    console.log(printable(JSON.stringify({ level, ...fields, ...origin, message }))),
});

await host.start();
await host.client(primes).count({ below: 100_000 });
await host.stop();
