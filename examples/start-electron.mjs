// Starts one of the Electron examples: node examples/start-electron.mjs electron-minimal
// It finds an Electron, and starts a display where the machine has none. Your own app only needs `electron .`.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { prepareElectron } from '#launch';

const app = fileURLToPath(new URL(process.argv[2] ?? 'electron-minimal', import.meta.url));
const { executablePath, args, env, close } = await prepareElectron();
const electron = spawn(executablePath, [...args, app], { env, stdio: 'inherit' });
[process.exitCode] = await once(electron, 'exit');
await close();
