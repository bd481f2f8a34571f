// A sidecar in another language: any executable that speaks docs/PROTOCOL.md. This one needs Python's standard library only.
import { fileURLToPath } from 'node:url';
import { SidecarHost } from 'ipc-link/host';
import { spawnLauncher } from 'ipc-link/host/spawn';
import { printable } from 'ipc-link';
import { text } from './contract.mjs';

const sidecar = fileURLToPath(new URL('./sidecar.py', import.meta.url));
const host = new SidecarHost({
  sidecars: { text: { contract: text, launcher: spawnLauncher({ command: 'python3', args: ['-u', sidecar] }) } },
  log: ({ level, instance, message }) => console.error(printable(`${level} ${instance}: ${message}`)),
});

await host.start();
const client = host.client(text);
const onProgress = ({ words }) => console.log(`${words} words`);
console.log(await client.countWords({ text: 'to be or not to be' }, { onProgress }));

// An exception of its handlers arrives as an error with a code, as from any other sidecar.
const error = await client.countWords({ text: '' }).catch((reason) => reason);
console.log(printable(`${error.code}: ${error.message}`));
await host.stop();
