import { pause } from '../process/deadline.mjs';
import { answerParent, readArguments, tellParent } from '../process/answer-parent.mjs';
import { work } from './contract.mjs';
import { createHost } from './create-host.mjs';

/** A host in a process of its own, which works at full load until it is killed. */

const [{ folder, mark }] = readArguments();
const host = createHost({ folder, mark, instances: 2, concurrency: 4 });

/** @param {number} number */
async function ask(number) {
  for (let turn = 0; ; turn++) {
    // oxlint-disable-next-line no-await-in-loop -- one after the other
    await host.client(work).answer({ token: `${number}-${turn}`, ms: turn % 10 });
  }
}

answerParent({});
tellParent({ type: 'starting' });
await host.start();
tellParent({ type: 'ready' });
await pause(0);
await Promise.all(Array.from({ length: 12 }, (_, number) => ask(number)));
