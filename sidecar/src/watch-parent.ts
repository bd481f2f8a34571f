import { Worker } from 'node:worker_threads';
import { printLine } from './print-line.ts';

const INTERVAL_MS = 500;

/** Runs in a thread of its own, because a handler may block the event loop for any time. */
const source = `
  const { workerData: { parent, intervalMs } } = require('node:worker_threads');
  setInterval(() => process.ppid === parent || process.kill(process.pid, 'SIGKILL'), intervalMs);
`;

/**
 * Ends this process when its parent has ended, even while a handler blocks the event loop, which then can't notice that the link
 * is gone. On Windows a process keeps the number of a parent that has ended, so that there only the link tells.
 */
export function watchParent(parent: number = process.ppid): void {
  if (process.platform === 'win32') return;
  const worker = new Worker(source, { eval: true, workerData: { parent, intervalMs: INTERVAL_MS }, stderr: false });
  worker.on('error', (error) => printLine(`The watch over the host has failed: ${error.message}`));
  worker.unref();
}
