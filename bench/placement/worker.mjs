import { serve } from 'ipc-link/sidecar';
import { waiting } from './contract.mjs';

await serve(waiting, { wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms, ms)) });
