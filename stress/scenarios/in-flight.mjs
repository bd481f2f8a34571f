import { Server } from 'ipc-link';
import { startResponder } from '../link/start-responder.mjs';
import { within } from '../process/deadline.mjs';

/** Sends many requests at once to a process that answers them in reverse order, or is killed before. */
export const about =
  '10,000 requests in flight at once, answered backwards; then 10,000 more to a process that is killed';

const COUNT = 10_000;
const PATIENCE_MS = 60_000;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder }) {
  const responder = await startResponder(folder);
  const server = new Server('sender', { socketRoot: folder, appspace: '', autoStart: false, maxRetries: 0 });
  server.on('error', () => {});
  try {
    const answered = await sendAll(server, async () => {
      await responder.ask('held', COUNT);
      await responder.ask('release');
    });
    const lost = await sendAll(server, async () => {
      await responder.ask('held', COUNT);
      await responder.stop();
    });
    const counts = { answered: answered['own reply'] ?? 0, lost: lost['ERR_LINK_PEER_LOST'] ?? 0 };
    const problems = Object.entries(counts)
      .filter(([, count]) => count !== COUNT)
      .map(([what, count]) => `${count} of ${COUNT} ${what}: ${JSON.stringify({ answered, lost })}`);
    return { counts, problems };
  } finally {
    await responder.stop();
    await server.close({ drain: 0 });
  }
}

/** @param {Server} server @param {() => Promise<void>} settle @returns {Promise<Record<string, number>>} How they settled. */
async function sendAll(server, settle) {
  const sends = Array.from({ length: COUNT }, (_, number) => sendOne(server, number));
  const [outcomes] = await within(Promise.all([Promise.all(sends), settle()]), PATIENCE_MS, 'The end of all requests');
  /** @type {Record<string, number>} */
  const counts = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
}

/** @param {Server} server @param {number} number */
async function sendOne(server, number) {
  try {
    const reply = await server.send('responder', { number }, { task: 'hold' });
    const { number: answered } = /** @type {{ number: number }} */ (reply['answer']);
    return answered === number ? 'own reply' : "another's reply";
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}
