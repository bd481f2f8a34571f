/** @typedef {import('../types.d.ts').Mode} Mode */
/** @typedef {import('../types.d.ts').Peer} Peer */
/** @typedef {import('../plan.mjs').Plan} Plan */

/**
 * @typedef {object} Slice
 * @property {string} peer
 * @property {import('../types.d.ts').WorkloadName} workload
 * @property {number} milliseconds
 * @property {number} leadInMs For how long it runs before it is measured.
 */

/**
 * Every peer's workloads several times over, so that its code is compiled for all of them and its buffers exist: what was
 * compiled for small objects alone is thrown away at the first large one.
 *
 * @param {readonly Peer[]} peers
 * @param {Plan} plan
 * @param {Mode} mode
 * @returns {Slice[]}
 */
export function warmUpSlices(peers, { workloads, warmUpMs, warmUpCycles }, mode) {
  const cycle = workloads[mode].flatMap((workload) => {
    const milliseconds = warmUpMs[workload];
    return milliseconds === undefined
      ? []
      : peersWith(peers, workload).map(({ id }) => ({ peer: id, workload, milliseconds, leadInMs: 0 }));
  });
  return Array.from({ length: warmUpCycles }, () => cycle).flat();
}

/**
 * One round: workload by workload, so that what is compared lies side by side. Each round begins with another peer.
 *
 * @param {readonly Peer[]} peers
 * @param {Plan} plan
 * @param {{ readonly mode: Mode, readonly round: number }} place
 * @returns {Slice[]}
 */
export function roundSlices(peers, { workloads, sliceMs, leadInMs }, { mode, round }) {
  return workloads[mode].flatMap((workload) => {
    const times = { milliseconds: sliceMs[workload], leadInMs: leadInMs[workload] ?? 0 };
    return turn(peersWith(peers, workload), round).map(({ id }) => ({ peer: id, workload, ...times }));
  });
}

/** @param {readonly Peer[]} peers @param {import('../types.d.ts').WorkloadName} workload */
function peersWith(peers, workload) {
  return peers.filter(({ workloads }) => workloads.includes(workload));
}

/** @template T @param {readonly T[]} items @param {number} by */
function turn(items, by) {
  const first = items.length === 0 ? 0 : by % items.length;
  return [...items.slice(first), ...items.slice(0, first)];
}
