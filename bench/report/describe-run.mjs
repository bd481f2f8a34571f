/** Describes the machine and the method of a report, one sentence a line. @param {import('../types.d.ts').Report} report @returns {string[]} */
export function describeRun({ date, isQuick, minutes, machine, modes, notes }) {
  const { cpu, cores, memoryGib, kernel, node, electron, pinnedCore } = machine;
  const place = pinnedCore === null ? 'not pinned' : `core ${pinnedCore}`;
  const count = (/** @type {import('../types.d.ts').Mode} */ mode) =>
    `${modes[mode].generations * modes[mode].rounds} in ${modes[mode].generations} generations of processes`;
  return [
    `${date}, ${isQuick ? 'quick' : 'full'} run of ${minutes.toFixed(1)} minutes.`,
    `${cpu}, ${cores} cores, ${memoryGib} GiB, ${kernel}, Node ${node}${electron === null ? '' : `, Electron ${electron}`}.`,
    `Rounds: ${count('pinned')} (${place}), ${count('unpinned')} (all cores).`,
    ...notes,
  ];
}
