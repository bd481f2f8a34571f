import { app } from 'electron';
import { runAgent } from '../process/agent.mjs';
import { readPeers } from '../process/environment.mjs';
import { utilityEcho } from './utility-echo.mjs';

// No windows, and no top-level await on `whenReady`: Electron gets ready only after this module has run.
void app.whenReady().then(() => runAgent(readPeers(), utilityEcho, (code) => app.exit(code)));
