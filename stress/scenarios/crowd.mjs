import { Server } from 'ipc-link';
import { startResponder } from '../link/start-responder.mjs';
import { until, within } from '../process/deadline.mjs';
import { RawConnection } from '../wire/raw-connection.mjs';

/** Many connections that send nothing must not keep a peer from connecting. */
export const about =
  'silent connections, more than a Server takes: newcomers still get in, and nothing of the crowd stays';

const CROWD = 200;
const NEWCOMERS = 20;
const PATIENCE_MS = 60_000;

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run({ folder, isOver }) {
  const responder = await startResponder(folder, { handshakeTimeout: 3_000 });
  const before = await responder.ask('usage');
  let rounds = 0;
  try {
    while (!isOver(rounds)) {
      // oxlint-disable-next-line no-await-in-loop -- one crowd after the other
      await pushThrough(folder);
      rounds++;
    }
    const isEmpty = async () => Number((await responder.ask('usage')).descriptors) <= Number(before.descriptors);
    await until(isEmpty, PATIENCE_MS, `As many descriptors as before (${before.descriptors})`);
  } finally {
    await responder.stop();
  }
  return { counts: { crowds: rounds, newcomers: rounds * NEWCOMERS }, problems: [] };
}

/** @param {string} folder */
async function pushThrough(folder) {
  const crowd = await Promise.all(Array.from({ length: CROWD }, () => RawConnection.open(`${folder}responder`)));
  try {
    for (let number = 0; number < NEWCOMERS; number++) {
      // oxlint-disable-next-line no-await-in-loop -- one newcomer after the other
      await within(comeAndGo(folder, number), PATIENCE_MS, 'A reply to a newcomer');
    }
  } finally {
    for (const connection of crowd) connection.destroy();
  }
}

/** @param {string} folder @param {number} number */
async function comeAndGo(folder, number) {
  const options = { socketRoot: folder, appspace: '', autoStart: false, retry: 50 };
  const newcomer = new Server(`newcomer-${number}`, options).on('error', () => {});
  try {
    await newcomer.send('responder', number, { task: 'return' });
  } finally {
    await newcomer.close({ drain: 0 });
  }
}
