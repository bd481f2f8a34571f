/** Formats a number with three significant digits and separated thousands. @param {number} value */
export function formatNumber(value) {
  if (value >= 100) return Number(value.toPrecision(value >= 1_000 ? 4 : 3)).toLocaleString('en-US');
  return value.toFixed(value >= 10 ? 1 : 2);
}

/** Formats the quartiles, between which the middle half of the rounds lies. @param {import('../types.d.ts').Spread} spread */
export function formatSpread({ low, high }) {
  return `(${formatNumber(low)}–${formatNumber(high)})`;
}
