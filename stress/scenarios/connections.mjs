import { Server } from 'ipc-link';
import { startResponder } from '../link/start-responder.mjs';
import { until, within } from '../process/deadline.mjs';

/** Opens as many connections as a Server accepts, then one more, and closes one so that the last one is accepted. */
export const about = '128 connections that all ask; the 129th is refused, and let in when another has left';

const COUNT = 128;
const PATIENCE_MS = 60_000;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder, isOver }) {
  const responder = await startResponder(folder);
  const before = await responder.ask('usage');
  let rounds = 0;
  let replies = 0;
  try {
    while (!isOver(rounds)) {
      // oxlint-disable-next-line no-await-in-loop -- one round after the other
      replies += await connectAll(folder);
      rounds++;
    }
    const isBack = async () => Number((await responder.ask('usage')).descriptors) <= Number(before.descriptors);
    await until(isBack, PATIENCE_MS, `As many descriptors as before (${before.descriptors})`);
  } finally {
    await responder.stop();
  }
  return { counts: { rounds, replies }, problems: [] };
}

/** @param {string} folder */
async function connectAll(folder) {
  const servers = Array.from({ length: COUNT + 1 }, (_, index) => create(folder, index));
  const last = /** @type {Server} */ (servers.pop());
  try {
    await within(Promise.all(servers.map((server) => ask(server))), PATIENCE_MS, '128 replies');
    const code = await last.connectTo('responder').then(
      () => 'let in',
      (error) => error.cause?.code ?? error.code,
    );
    if (code !== 'ERR_LINK_OVERLOADED') throw new Error(`The connection over the limit was ${code}.`);
    await servers[0]?.close();
    await until(() => ask(last).then(Boolean, () => false), PATIENCE_MS, 'The newcomer let in after another left');
    return COUNT + 1;
  } finally {
    await Promise.all([...servers, last].map((server) => server.close({ drain: 0 })));
  }
}

/** @param {string} folder @param {number} index */
function create(folder, index) {
  const options = { socketRoot: folder, appspace: '', autoStart: false, retry: 20, connectTimeout: 2_000 };
  return new Server(`client-${index}`, options).on('error', () => {});
}

/** @param {Server} server */
async function ask(server) {
  const reply = await server.send('responder', server.name, { task: 'return' });
  if (reply['data'] !== server.name) throw new Error(`${server.name} got ${JSON.stringify(reply)}.`);
  return reply;
}
