export { MemoryTransport } from 'ipc-link';
export { type CrashOptions, inProcessLauncher, type InProcessLauncher } from './in-process-launcher.ts';
