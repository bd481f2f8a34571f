import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkEcho } from './check-echo.mjs';
import { workloads } from '../workloads/index.mjs';

/**
 * Runs in main, as the peer's user would: connects the peers that it was started for, then measures slice by slice as it
 * is told over its parent's channel. Ends with its parent.
 *
 * @param {readonly import('../types.d.ts').Peer[]} peers
 * @param {(peer: import('../types.d.ts').Peer, folder: string) => Promise<number | undefined>} startEcho
 * @param {(code: number) => void} exit
 */
export async function runAgent(peers, startEcho, exit) {
  const folder = await mkdtemp(join(tmpdir(), 'ipc-link-bench-'));
  /** @type {Map<string, import('../types.d.ts').Subject>} */
  const subjects = new Map();
  process.on('disconnect', () => {
    void closeAll(subjects, folder).finally(() => exit(0));
  });
  try {
    for (const peer of peers) {
      // Two that start at once would disturb each other.
      const subject = await connectPeer(peer, await createFolder(folder, peer.id), startEcho);
      subjects.set(peer.id, subject);
    }
    process.on('message', (order) => void obey(/** @type {import('../types.d.ts').Order} */ (order), subjects));
    answer({ type: 'ready', number: null, electron: process.versions['electron'] ?? null });
  } catch (error) {
    answer({ type: 'failure', number: null, message: describe(error) });
  }
}

/**
 * @param {import('../types.d.ts').Peer} peer
 * @param {string} folder
 * @param {(peer: import('../types.d.ts').Peer, folder: string) => Promise<number | undefined>} startEcho
 */
async function connectPeer(peer, folder, startEcho) {
  /** @type {import('../types.d.ts').PeerModule} */
  const module = await import(`../peers/${peer.module}.mjs`);
  const { settings } = peer;
  const subject = await module.connect({ settings, folder, startEcho: () => startEcho(peer, folder) });
  await checkEcho(subject);
  return subject;
}

/** Each peer has a folder of its own, so that no two meet at one socket. @param {string} parent @param {string} id */
async function createFolder(parent, id) {
  const folder = join(parent, id, '/');
  await mkdir(folder, { mode: 0o700 });
  return folder;
}

/** @param {import('../types.d.ts').Order} order @param {Map<string, import('../types.d.ts').Subject>} subjects */
async function obey({ number, peer, workload, milliseconds }, subjects) {
  try {
    const subject = subjects.get(peer);
    if (subject === undefined) throw new Error(`There is no peer ${peer} in this agent.`);
    answer({ type: 'figures', number, figures: await workloads[workload](subject, milliseconds) });
  } catch (error) {
    answer({ type: 'failure', number, message: describe(error) });
  }
}

/** @param {Map<string, import('../types.d.ts').Subject>} subjects @param {string} folder */
async function closeAll(subjects, folder) {
  await Promise.allSettled([...subjects.values()].map((subject) => subject.close()));
  await rm(folder, { recursive: true, force: true });
}

/** @param {import('../types.d.ts').Answer} message */
function answer(message) {
  if (process.connected) process.send?.(message);
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
