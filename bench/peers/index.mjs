/** The peers that are measured, in the order of the table. */

/** @typedef {import('../types.d.ts').Peer} Peer */

/** @type {readonly import('../types.d.ts').WorkloadName[]} */
const ECHO = ['roundTrip', 'inFlight', 'oneMebibyte'];
/** @type {readonly import('../types.d.ts').WorkloadName[]} */
const ECHO_AND_SIZES = [...ECHO, 'quarterMebibyte', 'sixteenMebibytes', 'sixtyFourMebibytes'];
/** @type {readonly import('../types.d.ts').WorkloadName[]} */
const WINDOW = ['windowRoundTrip', 'windowStream', 'windowBytes', 'windowWakes'];

/** @type {readonly Peer[]} */
const peers = [
  node('bare', 'bare net socket', { workloads: ECHO_AND_SIZES }),
  node('bare-ids', 'bare net socket, with ids', { workloads: ['roundTrip', 'inFlight'] }),
  node('ipc-link', 'ipc-link', { workloads: ECHO_AND_SIZES }),
  node('ipc-link-signal', 'ipc-link, with an AbortSignal', {
    module: 'ipc-link',
    settings: { hasSignal: true },
    workloads: ['roundTrip', 'inFlight'],
  }),
  node('nats', 'NATS 2.9 request and reply'),
  node('ipc-link-tls', 'ipc-link, over TLS', { group: 'nats' }),
  node('fork-json', 'child_process.fork, json', {
    module: 'fork',
    settings: { serialization: 'json' },
  }),
  node('fork-advanced', 'child_process.fork, advanced', {
    module: 'fork',
    settings: { serialization: 'advanced' },
  }),
  node('node-ipc-fast', 'node-ipc 14, fast', { module: 'node-ipc', settings: { parser: 'fast' } }),
  node('node-ipc-guarded', 'node-ipc 14, guarded', {
    module: 'node-ipc',
    settings: { parser: 'guarded' },
  }),
  node('vscode-jsonrpc', 'vscode-jsonrpc 10'),
  node('veza', 'veza 1.2'),
  node('zeromq', 'zeromq 6, ipc'),
  node('grpc', 'grpc-js 1.14'),
  node('tinypool', 'tinypool 2, child_process'),
  electron('utility-process', 'utilityProcess.postMessage, in Electron', ECHO),
  electron('ipc-link-electron', 'ipc-link, in Electron', ECHO, 'ipc-link'),
  electron('bare-electron', 'bare net socket, in Electron', ECHO, 'bare'),
  node('fork-start', 'child_process.fork to its first message', { workloads: ['startUp'] }),
  node('host-fork', 'SidecarHost, fork', {
    module: 'sidecar-host',
    settings: { launcher: 'fork' },
    workloads: ['startUp', 'eventLoopDelay', 'eventLoopDelayOfBytes'],
  }),
  node('host-fork-below', "SidecarHost, fork, 'below-normal'", {
    module: 'sidecar-host',
    settings: { launcher: 'fork', priority: 'below-normal' },
    workloads: ['eventLoopDelayOfBytes'],
  }),
  node('host-fork-spare', 'SidecarHost, fork, with a warm spare', {
    module: 'sidecar-host',
    settings: { launcher: 'fork', hasSpare: true },
    workloads: ['recovery'],
  }),
  electron('utility-start', 'utilityProcess to its first message, in Electron', ['startUp']),
  electron(
    'host-utility',
    'SidecarHost, utilityProcess',
    ['startUp', 'eventLoopDelay', 'eventLoopDelayOfBytes'],
    'sidecar-host',
    { launcher: 'utility' },
  ),
  electron(
    'host-utility-below',
    "SidecarHost, utilityProcess, 'below-normal'",
    ['eventLoopDelayOfBytes'],
    'sidecar-host',
    { launcher: 'utility', priority: 'below-normal' },
  ),
  electron('host-utility-spare', 'SidecarHost, utilityProcess, with a warm spare', ['recovery'], 'sidecar-host', {
    launcher: 'utility',
    hasSpare: true,
  }),
  window('window-link', 'ipc-link, through main', WINDOW, { module: 'window-sidecar/index' }),
  window('window-link-direct', 'ipc-link, direct', WINDOW, {
    module: 'window-sidecar/index',
    settings: { isDirect: true },
    group: 'window-direct',
  }),
  window('window-port', 'bare message port', WINDOW),
  window('window-invoke', 'ipcRenderer.invoke, handed on by main', ['windowRoundTrip', 'windowBytes']),
  window('window-invoke-main', 'ipcRenderer.invoke, answered by main', ['windowBytes'], {
    module: 'window-invoke/index',
    settings: { isAnsweredByMain: true },
  }),
  window('window-trpc', 'electron-trpc 0.7', WINDOW),
  window('window-comlink', 'comlink 4.4', WINDOW),
];

/**
 * @param {{ readonly compare: string | null }} options Another built copy of the project, measured beside this one.
 * @returns {readonly Peer[]}
 */
export function choosePeers({ compare }) {
  if (compare === null) return peers;
  return peers.flatMap((peer) => (isCompared(peer) ? [peer, otherBuild(peer, compare)] : [peer]));
}

/** @param {Peer} peer */
function isCompared({ id }) {
  return id === 'ipc-link' || id === 'window-link';
}

/** @param {Peer} peer @param {string} build @returns {Peer} */
function otherBuild(peer, build) {
  const { id, title, settings } = peer;
  return {
    ...peer,
    id: `${id}-other`,
    title: `${title}, the other build`,
    settings: { ...settings, build },
    group: `${id}-other`,
  };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {Partial<Peer>} [more]
 * @returns {Peer}
 */
function node(id, title, more = {}) {
  return { id, title, module: id, settings: {}, place: 'node', group: id, workloads: ECHO, ...more };
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
  return { id, title, module, settings, place: 'electron', group: 'electron', workloads };
}

/**
 * @param {string} id
 * @param {string} title
 * @param {Peer['workloads']} workloads
 * @param {Partial<Peer>} [more]
 * @returns {Peer}
 */
function window(id, title, workloads, more = {}) {
  return { id, title, module: `${id}/index`, settings: {}, place: 'window', group: 'window', workloads, ...more };
}
