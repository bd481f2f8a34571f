/** Everyone who is measured, in the order of the table. */

/** @typedef {import('../types.d.ts').Peer} Peer */

/** @type {readonly import('../types.d.ts').WorkloadName[]} */
const ECHO = ['roundTrip', 'inFlight', 'oneMebibyte'];
/** @type {readonly import('../types.d.ts').WorkloadName[]} */
const ECHO_AND_LARGE = [...ECHO, 'sixtyFourMebibytes'];

/** @type {readonly Peer[]} */
const peers = [
  node('bare', 'bare net socket', { workloads: ECHO_AND_LARGE }),
  node('bare-ids', 'bare net socket, with ids', { workloads: ['roundTrip', 'inFlight'] }),
  node('ipc-link', 'ipc-link', { workloads: ECHO_AND_LARGE }),
  node('ipc-link-signal', 'ipc-link, with an AbortSignal', {
    module: 'ipc-link',
    settings: { hasSignal: true },
    workloads: ['roundTrip', 'inFlight'],
    isExtra: true,
  }),
  node('fork-json', 'child_process.fork, json', {
    module: 'fork',
    settings: { serialization: 'json' },
    isExtra: true,
  }),
  node('fork-advanced', 'child_process.fork, advanced', {
    module: 'fork',
    settings: { serialization: 'advanced' },
    isExtra: true,
  }),
  node('node-ipc-fast', 'node-ipc 14, fast', { module: 'node-ipc', settings: { parser: 'fast' } }),
  node('node-ipc-guarded', 'node-ipc 14, guarded', {
    module: 'node-ipc',
    settings: { parser: 'guarded' },
    isExtra: true,
  }),
  node('vscode-jsonrpc', 'vscode-jsonrpc 10'),
  node('veza', 'veza 1.2'),
  node('zeromq', 'zeromq 6, ipc'),
  node('grpc', 'grpc-js 1.14', { isExtra: true }),
  node('tinypool', 'tinypool 2, child_process', { isExtra: true }),
  electron('utility-process', 'utilityProcess.postMessage, in Electron', ECHO),
  electron('ipc-link-electron', 'ipc-link, in Electron', ECHO, 'ipc-link'),
  electron('bare-electron', 'bare net socket, in Electron', ECHO, 'bare'),
  node('fork-start', 'child_process.fork to its first message', { workloads: ['startUp'] }),
  node('host-fork', 'SidecarHost, fork', {
    module: 'sidecar-host',
    settings: { launcher: 'fork' },
    workloads: ['startUp', 'eventLoopDelay'],
  }),
  electron('utility-start', 'utilityProcess to its first message, in Electron', ['startUp']),
  electron('host-utility', 'SidecarHost, utilityProcess', ['startUp', 'eventLoopDelay'], 'sidecar-host', {
    launcher: 'utility',
  }),
];

/**
 * @param {{ readonly isQuick: boolean, readonly compare: string | null }} options `compare`: another built copy of
 * `shared`, measured beside this one
 * @returns {readonly Peer[]}
 */
export function choosePeers({ isQuick, compare }) {
  const chosen = peers.filter(({ isExtra = false }) => !isQuick || !isExtra);
  if (compare === null) return chosen;
  const other = node('ipc-link-other', 'ipc-link, the other build', {
    module: 'ipc-link',
    settings: { build: compare },
    workloads: ECHO_AND_LARGE,
  });
  return chosen.flatMap((peer) => (peer.id === 'ipc-link' ? [peer, other] : [peer]));
}

/**
 * @param {string} id
 * @param {string} title
 * @param {Partial<Peer>} [more]
 * @returns {Peer}
 */
function node(id, title, more = {}) {
  return { id, title, module: id, settings: {}, place: 'node', workloads: ECHO, ...more };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {Peer['workloads']} workloads
 * @param {string} [module]
 * @param {Peer['settings']} [settings]
 * @returns {Peer}
 */
function electron(id, title, workloads, module = id, settings = {}) {
  return { id, title, module, settings, place: 'electron', workloads };
}
