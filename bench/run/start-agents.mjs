import { fileURLToPath } from 'node:url';
import { PEERS_VARIABLE } from '../process/environment.mjs';
import { AgentProcess } from './agent-process.mjs';

/** @typedef {import('../types.d.ts').Peer} Peer */

const NODE_MAIN = fileURLToPath(new URL('../process/node-main.mjs', import.meta.url));
const ELECTRON_MAIN = fileURLToPath(new URL('../electron', import.meta.url));

/**
 * Starts a main process for each group of peers. One that can't be started is left out.
 *
 * @param {readonly Peer[]} peers
 * @param {Pick<import('./measure.mjs').MeasureContext, 'pinning' | 'electron' | 'note'> & { readonly mode: import('../types.d.ts').Mode }} context
 * @returns {Promise<{ agentOf: ReadonlyMap<string, AgentProcess>, electronVersion: string | null, close: () => Promise<void> }>}
 */
export async function startAgents(peers, { mode, pinning, electron, note }) {
  /** @type {Map<string, AgentProcess>} */
  const agentOf = new Map();
  /** @type {string | null} */
  let electronVersion = null;
  for (const group of groupByProcess(peers)) {
    const { file, args, env } = commandFor(group, electron);
    const command = pinning.wrap(mode, file, args);
    const agent = new AgentProcess(command.file, command.args, { ...env, [PEERS_VARIABLE]: JSON.stringify(group) });
    try {
      // Two that start at once would only slow each other down.
      electronVersion = (await agent.ready()) ?? electronVersion;
      for (const { id } of group) agentOf.set(id, agent);
    } catch (error) {
      const ids = group.map(({ id }) => id).join(', ');
      note(`${ids} could not be started, ${mode}: ${error instanceof Error ? error.message : String(error)}`);
      await agent.close();
    }
  }
  const close = async () => {
    await Promise.all([...new Set(agentOf.values())].map((agent) => agent.close()));
  };
  return { agentOf, electronVersion, close };
}

/** @param {readonly Peer[]} peers @returns {Peer[][]} */
function groupByProcess(peers) {
  /** @type {Map<string, Peer[]>} */
  const groups = new Map();
  for (const peer of peers) groups.set(peer.group, [...(groups.get(peer.group) ?? []), peer]);
  return [...groups.values()];
}

/** @param {readonly Peer[]} group @param {import('./prepare-electron.mjs').PreparedElectron | null} electron */
function commandFor([first], electron) {
  if (first?.place === 'node') return { file: process.execPath, args: [NODE_MAIN], env: process.env };
  if (electron === null) throw new Error('There is no Electron to measure in.');
  return { file: electron.executablePath, args: [...electron.args, ELECTRON_MAIN], env: electron.env };
}
