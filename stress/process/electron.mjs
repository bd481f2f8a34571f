import { fileURLToPath } from 'node:url';
import { prepareElectron } from '#launch';
import { Child } from './child.mjs';

/** @typedef {import('../types.d.ts').Context} Context */
/** @typedef {import('../types.d.ts').Outcome} Outcome */

const APP = fileURLToPath(new URL('../host/electron', import.meta.url));

const file = new URL('../host/scenario-process.mjs', import.meta.url);

/**
 * Runs a scenario in the main process of a real Electron.
 *
 * @param {string} name
 * @param {Context} context
 * @returns {Promise<Outcome>}
 */
export function runInElectron(name, context) {
  return withElectron((electron) => runInside(electron, name, context));
}

/**
 * Calls `use` with an Electron, which is found as for `npm start`, and ends its display afterwards.
 *
 * @template Result
 * @param {(electron: import('./child.mjs').Runtime) => Promise<Result>} use
 */
export async function withElectron(use) {
  const electron = await prepareElectron();
  try {
    const { executablePath, args, env } = electron;
    return await use({ executable: executablePath, args: [...args, APP], env });
  } finally {
    await electron.close();
  }
}

/** @param {import('./child.mjs').Runtime} runtime @param {string} name @param {Context} context */
async function runInside(runtime, name, { random, isShort, isOver, folder }) {
  /** @type {(outcome: Outcome) => void} */
  let resolve = () => {};
  const ended = new Promise((settle) => (resolve = settle));
  const seed = random.below(1_000_000);
  const child = new Child(file, {
    args: [{ name, seed, isShort, folder }],
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
