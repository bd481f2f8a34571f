import { serve } from './serve.mjs';

process.stdin.on('end', () => process.exit()).resume();
await serve(process.argv[2]);
process.stdout.write('ready\n');
