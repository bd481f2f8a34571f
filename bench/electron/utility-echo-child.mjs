import { serve } from '../process/serve.mjs';

await serve(process.argv[2]);
process.parentPort.postMessage('ready');
