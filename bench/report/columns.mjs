/** The columns of the tables. */

/**
 * @typedef {object} Column
 * @property {string} title
 * @property {import('../types.d.ts').WorkloadName} workload
 * @property {string} figure
 * @property {'lower' | 'higher'} better
 */

/** @type {readonly Column[]} */
export const echoColumns = [
  { title: 'round trip p50, µs', workload: 'roundTrip', figure: 'p50Us', better: 'lower' },
  { title: '128 in flight, /s', workload: 'inFlight', figure: 'perSecond', better: 'higher' },
  { title: 'CPU of main, µs/request', workload: 'inFlight', figure: 'mainCpuUs', better: 'lower' },
  { title: 'CPU of both, µs/request', workload: 'inFlight', figure: 'cpuUs', better: 'lower' },
  { title: '256 KiB echo, MB/s', workload: 'quarterMebibyte', figure: 'megabytesPerSecond', better: 'higher' },
  { title: '1 MiB echo, MB/s', workload: 'oneMebibyte', figure: 'megabytesPerSecond', better: 'higher' },
  { title: '16 MiB echo, MB/s', workload: 'sixteenMebibytes', figure: 'megabytesPerSecond', better: 'higher' },
  { title: '64 MiB echo, MB/s', workload: 'sixtyFourMebibytes', figure: 'megabytesPerSecond', better: 'higher' },
];

/** @type {readonly Column[]} */
export const windowColumns = [
  { title: 'round trip p50, µs', workload: 'windowRoundTrip', figure: 'p50Us', better: 'lower' },
  { title: 'CPU of main, µs/call', workload: 'windowRoundTrip', figure: 'mainCpuUs', better: 'lower' },
  { title: 'CPU of all, µs/call', workload: 'windowRoundTrip', figure: 'cpuUs', better: 'lower' },
  { title: 'stream, items/s', workload: 'windowStream', figure: 'perSecond', better: 'higher' },
  { title: 'CPU of main, µs/item', workload: 'windowStream', figure: 'mainCpuUs', better: 'lower' },
  { title: 'CPU of all, µs/item', workload: 'windowStream', figure: 'cpuUs', better: 'lower' },
  { title: '1 MiB, MB/s', workload: 'windowBytes', figure: 'megabytesPerSecond', better: 'higher' },
  { title: 'wakes main, /call', workload: 'windowWakes', figure: 'wakesPerCall', better: 'lower' },
  { title: 'more CPU of main, µs/call', workload: 'windowWakes', figure: 'cpuUsPerCall', better: 'lower' },
];

/** @type {readonly Column[]} */
export const processColumns = [
  { title: 'start to ready, ms', workload: 'startUp', figure: 'readyMs', better: 'lower' },
  { title: 'crash to ready again, ms', workload: 'recovery', figure: 'readyMs', better: 'lower' },
  { title: "main's event-loop delay p99, ms", workload: 'eventLoopDelay', figure: 'p99Ms', better: 'lower' },
  { title: 'the same under 1 MiB replies, ms', workload: 'eventLoopDelayOfBytes', figure: 'p99Ms', better: 'lower' },
];
