/** @typedef {import('./types.d.ts').Spread} Spread */

/**
 * Median and quartiles of what was measured; null where nothing was.
 *
 * @param {readonly (number | null)[]} values
 * @returns {Spread | null}
 */
export function spreadOf(values) {
  const sorted = values.filter((value) => value !== null).toSorted((a, b) => a - b);
  if (sorted.length === 0) return null;
  return { low: quantile(sorted, 0.25), median: quantile(sorted, 0.5), high: quantile(sorted, 0.75) };
}

/**
 * Round by round `values / others`: what disturbed a round disturbed both.
 *
 * @param {readonly (number | null)[]} values
 * @param {readonly (number | null)[]} others
 */
export function ratiosOf(values, others) {
  return values.map((value, round) => {
    const other = others[round] ?? null;
    return value === null || other === null ? null : value / other;
  });
}

/** Linear between neighbours. @param {readonly number[]} sorted @param {number} share */
function quantile(sorted, share) {
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? 0;
  const above = sorted[Math.ceil(position)] ?? below;
  return below + (above - below) * (position - Math.floor(position));
}
