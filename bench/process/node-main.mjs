import { runAgent } from './agent.mjs';
import { readPeers } from './environment.mjs';
import { spawnEcho } from './spawn-echo.mjs';

await runAgent(readPeers(), spawnEcho, (code) => process.exit(code));
