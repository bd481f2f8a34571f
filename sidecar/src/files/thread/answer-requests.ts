import { type MessagePort, parentPort, workerData } from 'node:worker_threads';
import type { FromThread, Protocol } from './message.ts';

/** Answers a request. `emit` sends events before the reply. */
export type Answer<P extends Protocol> = (
  request: P['request'],
  emit: (event: P['event']) => void,
) => P['reply'] | Promise<P['reply']>;

/**
 * Answers the requests to a `Thread`, inside that thread. An error that `prepare` or an answer throws ends the thread and
 * rejects the request.
 *
 * @param prepare Called once with the data that the thread was started with. Returns the function that answers requests.
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
  // Not caught: an unhandled rejection ends the thread.
  port.on('message', (request: P['request']) => void respond(request));
}

/**
 * Electron's `fs` shows an `.asar` archive as a folder. The file tasks have to read it as a file. Electron's setting for that
 * would break imports from an archive, but by now the thread has loaded all its modules.
 * https://www.electronjs.org/docs/latest/tutorial/asar-archives#treating-an-asar-archive-as-a-normal-file
 */
function readArchivesAsFiles(): void {
  Object.assign(process, { noAsar: true });
}

function requirePort(): MessagePort {
  if (parentPort === null)
    throw new TypeError('answerRequests() works only in a worker thread. Start its module by new Thread().');
  return parentPort;
}
