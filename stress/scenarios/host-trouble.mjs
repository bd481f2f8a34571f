import { mkdirSync } from 'node:fs';
import { work } from '../host/contract.mjs';
import { createHost, createMark } from '../host/create-host.mjs';
import { mountFullDisk } from '../host/full-disk.mjs';
import { readHoldings, untilNothingIsLeft } from '../host/leftovers.mjs';
import { pause, until, within } from '../process/deadline.mjs';

/** @typedef {import('../types.d.ts').Context} Context */
/** @typedef {import('ipc-link/host').SidecarHost} SidecarHost */
/** @typedef {Omit<Parameters<typeof createHost>[0], 'folder' | 'mark'>} Options */

/** Sidecars that are stopped, blocked, broken or silent, and folders in which none can be started. */
export const about =
  'sidecars that are stopped, blocked, broken, mute or loud: a clear state and error each, nothing left';
export const turns = 10;

const PATIENCE_MS = 60_000;
const few = { maxCrashes: 2, window: 300_000, minDelay: 1, maxDelay: 10 };

/** @param {Context} context @returns {Promise<import('../types.d.ts').Outcome>} */
export async function run(context) {
  /** @type {Record<string, number>} */
  const counts = {};
  for (let turn = 0; !context.isOver(turn); turn++) {
    for (const [name, { options = {}, meet, folder }] of Object.entries(troubles)) {
      const place = `${context.folder}${folder ?? 'sockets'}/`;
      mkdirSync(place, { recursive: true });
      // oxlint-disable-next-line no-await-in-loop -- one trouble after the other
      await face({ ...context, folder: place }, options, meet, name);
      counts[name] = (counts[name] ?? 0) + 1;
    }
    // oxlint-disable-next-line no-await-in-loop -- as above
    if (!context.isShort && (await faceFullDisk(context))) counts[fullDisk] = (counts[fullDisk] ?? 0) + 1;
  }
  return { counts, problems: [] };
}

/**
 * @param {Context} context
 * @param {Options} options
 * @param {(host: SidecarHost, context: Context) => Promise<void>} meet
 * @param {string} name
 */
async function face(context, options, meet, name) {
  const { folder } = context;
  const mark = createMark();
  const before = readHoldings();
  const host = createHost({ folder, mark, ...options });
  try {
    await within(meet(host, context), PATIENCE_MS, `'${name}'`);
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  } finally {
    await host.stop({ drain: 0 });
  }
  await untilNothingIsLeft({ folder, mark, before });
}

const fullDisk = 'a full disk for the socket folder';

/** @param {Context} context @returns {Promise<boolean>} Whether a full disk could be mounted. */
async function faceFullDisk(context) {
  const folder = `${context.folder}full/`;
  const unmount = mountFullDisk(folder);
  if (unmount === null) return false;
  try {
    await face({ ...context, folder }, { restart: few }, expectNoEndpoint, fullDisk);
  } finally {
    unmount();
  }
  return true;
}

/** @param {SidecarHost} host */
async function expectNoEndpoint(host) {
  expectCode(await rejection(host.start()), 'ERR_SIDECAR_FAILED', 'ERR_SIDECAR_ENDPOINT');
}

const heartbeat = 150;

/** @type {Readonly<Record<string, { options?: Options, folder?: string, meet: (host: SidecarHost, context: Context) => Promise<void> }>>} */
const troubles = {
  'stopped and continued': {
    options: { instances: 2, link: { heartbeat } },
    meet: async (host) => {
      await host.start();
      const [first] = host.status();
      const pid = first?.pid ?? 0;
      process.kill(pid, 'SIGSTOP');
      await untilState(host, 'unresponsive');
      await answer(host);
      process.kill(pid, 'SIGCONT');
      await until(() => host.status().every(({ state }) => state === 'ready'), PATIENCE_MS, 'Both ready again');
    },
  },
  'blocked, and left alone': {
    options: { link: { heartbeat } },
    meet: async (host) => {
      await host.start();
      const blocked = host.client(work).block(1_000);
      await untilState(host, 'unresponsive');
      if ((await blocked) !== 1_000) throw new Error('The call that blocked did not answer.');
      await untilState(host, 'ready');
    },
  },
  'blocked, and killed for it': {
    options: { link: { heartbeat }, killUnresponsiveAfter: 100 },
    meet: async (host) => {
      await host.start();
      const error = await rejection(host.client(work).block(60_000));
      expectCode(error, 'ERR_SIDECAR_CRASHED', 'ERR_SIDECAR_UNRESPONSIVE');
      await untilState(host, 'ready');
      await answer(host);
    },
  },
  'exits at once': {
    options: { entry: 'bad/exit-at-once.mjs', restart: few },
    meet: async (host) => {
      expectCode(await rejection(host.start()), 'ERR_SIDECAR_FAILED', 'ERR_SIDECAR_CRASHED');
      expectCode(await rejection(answer(host)), 'ERR_SIDECAR_FAILED', 'ERR_SIDECAR_CRASHED');
    },
  },
  'never says hello': {
    options: { entry: 'bad/silent.mjs', restart: few, startTimeout: 1_000 },
    meet: async (host) => {
      const error = await rejection(host.start());
      expectCode(error, 'ERR_SIDECAR_FAILED', 'ERR_SIDECAR_CRASHED');
      expectCode(causeOf(causeOf(error)), 'ERR_SIDECAR_START_TIMEOUT');
    },
  },
  'floods stderr': {
    options: { entry: 'bad/flood.mjs' },
    meet: async (host) => {
      await host.start();
      for (let count = 0; count < 10; count++) {
        // oxlint-disable-next-line no-await-in-loop -- one after the other
        await answer(host);
      }
      await host.client(work).shout(5_000);
    },
  },
  'an entry that is not there': {
    options: { entry: 'bad/nobody.mjs' },
    meet: async (host) => expectCode(await rejection(host.start()), 'ERR_SIDECAR_FAILED'),
  },
  'a folder whose path is too long': {
    folder: 'long'.repeat(30),
    meet: expectNoEndpoint,
  },
  'stopped while it starts': {
    options: { instances: 2 },
    meet: async (host, { random }) => {
      const started = rejection(host.start());
      await pause(random.below(300));
      await host.stop({ drain: 0 });
      const error = await started;
      if (error !== null) expectCode(error, 'ERR_SIDECAR_STOPPED');
    },
  },
};

/** @param {SidecarHost} host */
async function answer(host) {
  const { token } = await host.client(work).answer({ token: 'a', ms: 0 });
  if (token !== 'a answered') throw new Error(`The answer was ${token}.`);
}

/** @param {SidecarHost} host @param {string} wanted */
function untilState(host, wanted) {
  return until(() => host.status().some(({ state }) => state === wanted), PATIENCE_MS, `The state '${wanted}'`);
}

/** The error that a promise rejects with, or null. @param {Promise<unknown>} promise @returns {Promise<unknown>} */
function rejection(promise) {
  return promise.then(
    () => null,
    (error) => error,
  );
}

/** @param {unknown} error @param {string} code @param {string} [causeCode] */
function expectCode(error, code, causeCode) {
  if (codeOf(error) !== code) throw new Error(`Expected ${code} instead of ${String(error)}`, { cause: error });
  if (causeCode !== undefined) expectCode(causeOf(error), causeCode);
}

/** @param {unknown} error */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? error.code : undefined;
}

/** @param {unknown} error */
function causeOf(error) {
  return error instanceof Error ? error.cause : undefined;
}
