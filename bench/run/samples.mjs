/** @typedef {import('../types.d.ts').Samples} Samples */

/**
 * Files the figures of one slice, each at its round's own place in its row.
 *
 * @param {Samples} samples
 * @param {{ readonly mode: string, readonly workload: string, readonly peer: string, readonly round: number }} place
 * @param {import('../types.d.ts').Figures} figures
 */
export function addSample(samples, { mode, workload, peer, round }, figures) {
  for (const [figure, value] of Object.entries(figures)) {
    const byPeer = (((samples[mode] ??= {})[workload] ??= {})[figure] ??= {});
    const row = (byPeer[peer] ??= []);
    while (row.length < round) row.push(null);
    row.push(value);
  }
}

/**
 * @param {Samples} samples
 * @param {string} mode
 * @param {{ readonly workload: string, readonly figure: string, readonly peer: string }} what
 * @returns {readonly (number | null)[]}
 */
export function samplesOf(samples, mode, { workload, figure, peer }) {
  return samples[mode]?.[workload]?.[figure]?.[peer] ?? [];
}
