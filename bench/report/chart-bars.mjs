import { escapeText } from './chart-style.mjs';
import { formatNumber } from './format.mjs';

const BAR_HEIGHT = 14;
/** Room behind the longest bar for its number. */
const VALUE_WIDTH = 72;

/**
 * One column of bars with its heading.
 *
 * @param {import('./columns.mjs').Column} column
 * @param {readonly { readonly y: number, readonly spread: import('../types.d.ts').Spread, readonly isOurs: boolean }[]} bars
 * @param {{ readonly x: number, readonly width: number, readonly headY: number, readonly rowHeight: number }} place
 * @returns {string[]}
 */
export function createBars({ title, better }, bars, { x, width, headY, rowHeight }) {
  const greatest = Math.max(...bars.map(({ spread }) => spread.median));
  const scale = (width - VALUE_WIDTH) / greatest;
  const first = Math.min(...bars.map(({ y }) => y));
  const last = Math.max(...bars.map(({ y }) => y));
  return [
    `<text class="head" x="${x}" y="${headY}">${escapeText(title)}</text>`,
    `<text class="note" x="${x}" y="${headY + 15}">${better} is better</text>`,
    `<line class="axis" x1="${x - 0.5}" y1="${first}" x2="${x - 0.5}" y2="${last + rowHeight}"/>`,
    ...bars.flatMap((bar) => drawBar(bar, { x, scale, rowHeight, limit: width - VALUE_WIDTH })),
  ];
}

/**
 * @param {{ readonly y: number, readonly spread: import('../types.d.ts').Spread, readonly isOurs: boolean }} bar
 * @param {{ readonly x: number, readonly scale: number, readonly rowHeight: number, readonly limit: number }} place
 */
function drawBar({ y, spread, isOurs }, { x, scale, rowHeight, limit }) {
  const top = y + (rowHeight - BAR_HEIGHT) / 2;
  const middle = round(y + rowHeight / 2);
  const length = Math.max(1, spread.median * scale);
  const high = Math.min(spread.high * scale, limit + VALUE_WIDTH / 6);
  const end = Math.max(length, high);
  return [
    `<rect class="${isOurs ? 'bar ours' : 'bar'}" x="${x}" y="${top}" width="${round(length)}" height="${BAR_HEIGHT}" rx="2"/>`,
    `<line class="whisker" x1="${round(x + spread.low * scale)}" y1="${middle}" x2="${round(x + high)}" y2="${middle}"/>`,
    `<text class="${isOurs ? 'value ours' : 'value'}" x="${round(x + end + 6)}" y="${middle + 4}">${formatNumber(spread.median)}</text>`,
  ];
}

/** @param {number} value */
function round(value) {
  return Math.round(value * 10) / 10;
}
