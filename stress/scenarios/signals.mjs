import { Server } from 'ipc-link';
import { startResponder } from '../link/start-responder.mjs';
import { until, within } from '../process/deadline.mjs';

/** Handlers in the other process are aborted when their requester no longer waits for the answer. */
export const about = 'handlers hear of it when their requester cancels, runs out of time, or is killed';

const COUNT = 100;
const PATIENCE_MS = 60_000;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder, isOver }) {
  const responder = await startResponder(folder);
  const server = new Server('sender', { socketRoot: folder, appspace: '', autoStart: false });
  let rounds = 0;
  try {
    for (; !isOver(rounds); rounds++) {
      const controller = new AbortController();
      const cancelled = sendAll(server, { signal: controller.signal });
      // oxlint-disable-next-line no-await-in-loop -- one way after the other
      await responder.ask('watched', COUNT);
      controller.abort();
      await expectOutcome(responder, cancelled, { rejected: 'AbortError', heard: 'AbortError' });
      const late = sendAll(server, { timeout: 1_000 });
      await responder.ask('watched', COUNT);
      await expectOutcome(responder, late, { rejected: 'ERR_LINK_TIMEOUT', heard: 'TimeoutError or AbortError' });
      await killRequester(folder, responder);
    }
  } finally {
    await server.close({ drain: 0 });
    await responder.stop();
  }
  return { counts: { cancelled: rounds * COUNT, 'out of time': rounds * COUNT, killed: rounds * COUNT }, problems: [] };
}

/** @param {Server} server @param {import('ipc-link').SendOptions} options @returns {Promise<PromiseSettledResult<unknown>[]>} */
function sendAll(server, options) {
  const send = (/** @type {number} */ number) => server.send('responder', number, { task: 'watch', ...options });
  return Promise.allSettled(Array.from({ length: COUNT }, (_, number) => send(number)));
}

/** @param {import('../process/child.mjs').Child} responder @param {Promise<PromiseSettledResult<unknown>[]>} sent @param {{ rejected: string, heard: string }} expected */
async function expectOutcome(responder, sent, { rejected, heard }) {
  const results = await within(sent, PATIENCE_MS, 'The end of all requests');
  const others = results.filter((result) => result.status === 'fulfilled' || nameOf(result.reason) !== rejected);
  if (others.length > 0) throw new Error(`${others.length} requests did not end in ${rejected}.`);
  await expectHeard(responder, heard);
}

/** @param {import('../process/child.mjs').Child} responder @param {string} expected Names of allowed reasons. */
async function expectHeard(responder, expected) {
  /** @type {string[]} */
  const heard = [];
  const isHeard = async () => heard.push(...(await responder.ask('heard'))) >= COUNT;
  await until(isHeard, PATIENCE_MS, 'An abort of every handler');
  const other = heard.find((name) => !expected.includes(name));
  if (other !== undefined || heard.length !== COUNT)
    throw new Error(`${heard.length} handlers heard, one of ${other}.`);
}

/** @param {string} folder @param {import('../process/child.mjs').Child} responder */
async function killRequester(folder, responder) {
  const requester = await startResponder(folder, { name: 'requester' });
  const asking = requester.ask('askToWatch', COUNT).catch(() => {});
  await responder.ask('watched', COUNT);
  await requester.stop();
  await asking;
  await expectHeard(responder, 'ERR_LINK_PEER_LOST');
}

/** @param {unknown} error */
function nameOf(error) {
  if (!(error instanceof Error)) return String(error);
  return error instanceof DOMException || !('code' in error) ? error.name : String(error.code);
}
