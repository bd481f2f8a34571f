import { Child } from '../process/child.mjs';
import { withElectron } from '../process/electron.mjs';

/** As `host-crash`, with the host in the main process of a real Electron. */
export const about = 'SIGKILL utility processes at random while 4 of them work at full load';
export const turns = 500;

const file = new URL('../host/scenario-process.mjs', import.meta.url);

/** @param {import('../types.d.ts').Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export function run(context) {
  return withElectron((electron) => runInside(electron, context));
}

/** @param {import('../process/child.mjs').Runtime} runtime @param {import('../types.d.ts').Context} context */
async function runInside(runtime, { random, isShort, isOver, folder }) {
  /** @type {(outcome: import('../types.d.ts').Outcome) => void} */
  let resolve = () => {};
  const ended = new Promise((settle) => (resolve = settle));
  const seed = random.below(1_000_000);
  const child = new Child(file, {
    args: [{ name: 'host-crash', seed, isShort, folder }],
    runtime,
    onMessage: (message) => {
      if (message.type === 'outcome') resolve(message.outcome);
      else if (isOver(message.turn)) child.ask('stop').catch(() => {});
    },
  });
  const crashed = child.ended.then(() => {
    throw new Error(`Electron has ended: ${child.stderr}`);
  });
  try {
    return await Promise.race([ended, crashed]);
  } finally {
    crashed.catch(() => {});
    await child.stop();
  }
}
