import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { FromThread, Protocol } from './message.ts';

/** Answers a request; `emit` sends events on the way to the reply. */
export type Answer<P extends Protocol> = (
  request: P['request'],
  emit: (event: P['event']) => void,
) => P['reply'] | Promise<P['reply']>;

/**
 * The inside of a `Thread`: answers each request. What `prepare` or an answer throws ends the thread, and rejects the
 * request.
 *
 * @param prepare Gets the data that the thread was started with, once, and returns what answers the requests.
 */
export function answerRequests<P extends Protocol>(prepare: (data: P['data']) => Answer<P>): void {
  readArchivesAsFiles();
  const port = requirePort();
  const post = (message: FromThread<P>): void => port.postMessage(message);
  const answer = prepare(workerData);
  const respond = async (request: P['request']): Promise<void> => {
    const reply = await answer(request, (event) => post({ kind: 'event', event }));
    post({ kind: 'reply', reply });
  };
  // A rejection that nobody takes ends the thread.
  port.on('message', (request: P['request']) => void respond(request));
}

/**
 * Electron's `fs` shows an `.asar` archive as a folder; here it is a file like any other. It's safe once a thread's
 * modules are loaded, because it loads no more.
 * https://www.electronjs.org/docs/latest/tutorial/asar-archives#treating-an-asar-archive-as-a-normal-file
 */
function readArchivesAsFiles(): void {
  Object.assign(process, { noAsar: true });
}

function requirePort(): MessagePort {
  if (parentPort === null)
    throw new TypeError('answerRequests() runs in a worker thread only: start it by new Thread().');
  return parentPort;
}
