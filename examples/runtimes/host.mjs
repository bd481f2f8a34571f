// One host for Node, Bun and Deno, whose sidecar may run in another of them: node examples/runtimes/host.mjs bun
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { SidecarHost } from 'ipc-link/host';
import { spawnLauncher } from 'ipc-link/host/spawn';
import { runtime } from './contract.mjs';
import { nameRuntime } from './name.mjs';

const command = process.argv[2] ?? process.execPath;
const sidecar = fileURLToPath(new URL('./sidecar.mjs', import.meta.url));
// Deno asks for each permission unless it is given.
const args = basename(command).startsWith('deno') ? ['run', '--allow-all', sidecar] : [sidecar];
const launcher = spawnLauncher({ command, args });
const host = new SidecarHost({ sidecars: { runtime: { contract: runtime, launcher, restart: { minDelay: 1 } } } });
await host.start();

const client = host.client(runtime);
console.log(`${nameRuntime()} calls ${await client.name()}`);

const sent = { bytes: new Uint8Array(1_000_000).fill(7), date: new Date(0), map: new Map([[{}, 5n]]), cycle: {} };
sent.cycle.self = sent.cycle;
const { bytes, date, map, cycle } = await client.echo(sent);
console.log(bytes.length, date.toISOString(), [...map.values()].map(String).join(), cycle.self === cycle);

let sum = 0;
for await (const number of client.count(1_000)) sum += number;
console.log(sum);

const controller = new AbortController();
const onProgress = () => controller.abort();
await client.wait(undefined, { signal: controller.signal, onProgress }).catch(({ name }) => console.log(name));

await client.exit(3).catch(({ code, exitCode }) => console.log(code, exitCode));
console.log(`again: ${await client.name()}`);
await host.stop();
