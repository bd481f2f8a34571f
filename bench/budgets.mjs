import { samplesOf } from './run/samples.mjs';
import { ratiosOf, spreadOf } from './statistics.mjs';

/** @typedef {import('./types.d.ts').Samples} Samples */
/** @typedef {import('./types.d.ts').Verdict} Verdict */

/**
 * @typedef {object} Budget
 * @property {string} work
 * @property {string} promise
 * @property {'most' | 'least'} kind Whether the limit is the most or the least allowed.
 * @property {number} limit
 * @property {import('./types.d.ts').Mode} mode
 * @property {Figure} subject
 * @property {import('./types.d.ts').Verdict['unit']} [unit] Unless it is a ratio or milliseconds.
 * @property {Figure} [against] Round by round the subject's figure is divided by this one; without it the figure itself counts.
 *
 * @typedef {{ readonly workload: string, readonly figure: string, readonly peer: string }} Figure
 */

const roundTrip = figureOf('roundTrip', 'p50Us');
const inFlight = figureOf('inFlight', 'perSecond');
const quarterMebibyte = figureOf('quarterMebibyte', 'megabytesPerSecond');
const oneMebibyte = figureOf('oneMebibyte', 'megabytesPerSecond');
const sixteenMebibytes = figureOf('sixteenMebibytes', 'megabytesPerSecond');
const sixtyFourMebibytes = figureOf('sixtyFourMebibytes', 'megabytesPerSecond');
const startUp = figureOf('startUp', 'readyMs');
const recovery = figureOf('recovery', 'readyMs');
const eventLoopDelay = figureOf('eventLoopDelay', 'p99Ms');
const eventLoopDelayOfBytes = figureOf('eventLoopDelayOfBytes', 'p99Ms');
const windowRoundTrip = figureOf('windowRoundTrip', 'p50Us');
const windowStream = figureOf('windowStream', 'perSecond');
const windowBytes = figureOf('windowBytes', 'megabytesPerSecond');
const windowWakes = figureOf('windowWakes', 'wakesPerCall');

/** The promises of the project, one row each. @type {readonly Budget[]} */
export const budgets = [
  most('round trip', '≤ 1.15 × a bare net socket', 1.15, roundTrip('ipc-link'), roundTrip('bare')),
  most('round trip, over TLS', '≤ 0.6 × NATS request and reply', 0.6, roundTrip('ipc-link-tls'), roundTrip('nats')),
  least('128 in flight, over TLS', '≥ 4 × NATS request and reply', 4, inFlight('ipc-link-tls'), inFlight('nats')),
  least('1 MiB Buffer, over TLS', '≥ 3 × NATS request and reply', 3, oneMebibyte('ipc-link-tls'), oneMebibyte('nats')),
  most(
    'round trip, in Electron',
    '≤ 1.0 × utilityProcess.postMessage',
    1,
    roundTrip('ipc-link-electron'),
    roundTrip('utility-process'),
  ),
  least('128 in flight', '≥ 1.0 × a bare net socket, batched', 1, inFlight('ipc-link'), inFlight('bare')),
  least('128 in flight', '≥ 3 × vscode-jsonrpc', 3, inFlight('ipc-link'), inFlight('vscode-jsonrpc')),
  least('128 in flight', '≥ 3 × zeromq', 3, inFlight('ipc-link'), inFlight('zeromq')),
  least('128 in flight', '≥ 3 × veza', 3, inFlight('ipc-link'), inFlight('veza')),
  least(
    '128 in flight, in Electron, one core',
    '≥ 1.5 × utilityProcess.postMessage',
    1.5,
    inFlight('ipc-link-electron'),
    inFlight('utility-process'),
  ),
  {
    ...least(
      '128 in flight, in Electron, two cores',
      '≥ 4 × utilityProcess.postMessage',
      4,
      inFlight('ipc-link-electron'),
      inFlight('utility-process'),
    ),
    mode: 'unpinned',
  },
  least('256 KiB Buffer', '≥ 1.0 × a bare net socket', 1, quarterMebibyte('ipc-link'), quarterMebibyte('bare')),
  least('1 MiB Buffer, one core', '≥ 1.7 × a bare net socket', 1.7, oneMebibyte('ipc-link'), oneMebibyte('bare')),
  {
    ...least(
      '1 MiB Buffer, two cores',
      '≥ 1.25 × a bare net socket',
      1.25,
      oneMebibyte('ipc-link'),
      oneMebibyte('bare'),
    ),
    mode: 'unpinned',
  },
  least('16 MiB Buffer', '≥ 1.0 × a bare net socket', 1, sixteenMebibytes('ipc-link'), sixteenMebibytes('bare')),
  least('64 MiB Buffer', '≥ 1.4 × a bare net socket', 1.4, sixtyFourMebibytes('ipc-link'), sixtyFourMebibytes('bare')),
  least('1 MiB Buffer', "≥ 8 × node-ipc's own framing", 8, oneMebibyte('ipc-link'), oneMebibyte('node-ipc-fast')),
  least(
    '1 MiB Buffer, in Electron',
    '≥ 2 × a bare net socket',
    2,
    oneMebibyte('ipc-link-electron'),
    oneMebibyte('bare-electron'),
  ),
  least(
    '1 MiB Buffer, in Electron',
    '≥ 3.5 × utilityProcess.postMessage',
    3.5,
    oneMebibyte('ipc-link-electron'),
    oneMebibyte('utility-process'),
  ),
  most('sidecar start to ready', '≤ 1.25 × a bare fork', 1.25, startUp('host-fork'), startUp('fork-start')),
  most(
    'sidecar start to ready, in Electron',
    '≤ 1.25 × a bare utilityProcess',
    1.25,
    startUp('host-utility'),
    startUp('utility-start'),
  ),
  most(
    'crash to ready again, with a warm spare',
    '≤ 0.25 × a bare fork',
    0.25,
    recovery('host-fork-spare'),
    startUp('fork-start'),
  ),
  most(
    'crash to ready again, with a warm spare, in Electron',
    '≤ 0.25 × a bare utilityProcess',
    0.25,
    recovery('host-utility-spare'),
    startUp('utility-start'),
  ),
  { ...most("main's event-loop delay, p99", '≤ 10 ms', 10, eventLoopDelay('host-fork')), mode: 'unpinned' },
  {
    ...most("main's event-loop delay, p99, in Electron", '≤ 10 ms', 10, eventLoopDelay('host-utility')),
    mode: 'unpinned',
  },
  {
    ...most('the same while 4 sidecars return 1 MiB', '≤ 10 ms', 10, eventLoopDelayOfBytes('host-fork')),
    mode: 'unpinned',
  },
  {
    ...most(
      'the same while 4 sidecars return 1 MiB, in Electron',
      '≤ 10 ms',
      10,
      eventLoopDelayOfBytes('host-utility'),
    ),
    mode: 'unpinned',
  },
  most(
    "a page's round trip, direct",
    '≤ 1.2 × a bare message port',
    1.2,
    windowRoundTrip('window-link-direct'),
    windowRoundTrip('window-port'),
  ),
  {
    ...most("a page's direct call wakes main", '≤ 0.05 times', 0.05, windowWakes('window-link-direct')),
    unit: 'times',
  },
  least(
    'stream to a page, through main',
    '≥ 4 × electron-trpc',
    4,
    windowStream('window-link'),
    windowStream('window-trpc'),
  ),
  least(
    'stream to a page, direct',
    '≥ 4 × comlink',
    4,
    windowStream('window-link-direct'),
    windowStream('window-comlink'),
  ),
  least(
    '1 MiB to a page, direct',
    '≥ 2 × ipcRenderer.invoke, handed on by main',
    2,
    windowBytes('window-link-direct'),
    windowBytes('window-invoke'),
  ),
];

/**
 * Whether a budget needs this figure, or that of the build to which this one is compared.
 *
 * @param {import('./types.d.ts').Mode} mode
 * @param {string} workload
 * @param {string} peer
 */
export function isBudgeted(mode, workload, peer) {
  const id = peer.replace(/-other$/, '');
  return budgets.some(
    (budget) =>
      budget.mode === mode &&
      [budget.subject, budget.against].some((figure) => figure?.workload === workload && figure.peer === id),
  );
}

/**
 * Judges every budget by the median of its rounds.
 *
 * @param {Samples} samples
 * @returns {Verdict[]}
 */
export function judge(samples) {
  return budgets.map((budget) => {
    const { work, promise, kind, limit, against, unit = against === undefined ? 'ms' : '×' } = budget;
    const measured = measuredOf(budget, samples);
    const isMet = measured === null ? null : kind === 'most' ? measured.median <= limit : measured.median >= limit;
    return { work, promise, measured, unit, isMet };
  });
}

/** @param {Budget} budget @param {Samples} samples */
function measuredOf({ mode, subject, against }, samples) {
  const values = samplesOf(samples, mode, subject);
  return spreadOf(against === undefined ? values : ratiosOf(values, samplesOf(samples, mode, against)));
}

/** @param {string} workload @param {string} figure @returns {(peer: string) => Figure} */
function figureOf(workload, figure) {
  return (peer) => ({ workload, figure, peer });
}

/** @param {string} work @param {string} promise @param {number} limit @param {Figure} subject @param {Figure} [against] @returns {Budget} */
function most(work, promise, limit, subject, against) {
  return { kind: 'most', mode: 'pinned', work, promise, limit, subject, ...(against === undefined ? {} : { against }) };
}

/** @param {string} work @param {string} promise @param {number} limit @param {Figure} subject @param {Figure} against @returns {Budget} */
function least(work, promise, limit, subject, against) {
  return { kind: 'least', mode: 'pinned', work, promise, limit, subject, against };
}
