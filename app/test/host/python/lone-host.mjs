// A host in a process of its own, to be killed: makes the call that it is told to, and prints its sidecar's process.
import { SidecarHost } from 'ipc-link/host';
import { python } from './contract.mjs';
import { describeSidecar } from './launch.mjs';

const host = new SidecarHost({ sidecars: { python: describeSidecar() } });
await host.start();
const onProgress = () => process.stdout.write(`${host.status()[0].pid}\n`);
await host.client(python)[process.argv[2]](null, { onProgress });
