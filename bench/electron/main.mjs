import { app } from 'electron';
import { runAgent } from '../process/agent.mjs';
import { readPeers } from '../process/environment.mjs';
import { registerBenchScheme, serveBenchScheme } from '../windows/scheme.mjs';
import { utilityEcho } from './utility-echo.mjs';

registerBenchScheme();
// No top-level await on `whenReady`: Electron gets ready only after this module has run.
void app.whenReady().then(() => {
  serveBenchScheme();
  return runAgent(readPeers(), utilityEcho, (code) => app.exit(code));
});
