/** The chart brings its own page colour: what shows it may be light where the reader's system is dark. */
export const STYLE = `<style>
  svg { --page: #ffffff; --rim: #d9dde3; --text: #1c2430; --quiet: #5c6675; --bar: #b6bfcc; --ours: #2463c9; --whisker: #46505e; }
  @media (prefers-color-scheme: dark) {
    svg { --page: #14181f; --rim: #2c3440; --text: #e6eaf0; --quiet: #9aa5b4; --bar: #4d5866; --ours: #6aa5ff; --whisker: #c3ccd8; }
  }
  text { font: 13px system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif; fill: var(--text); }
  .page { fill: var(--page); stroke: var(--rim); }
  .title { font-size: 19px; font-weight: 600; }
  .head { font-weight: 600; }
  .note, .group { font-size: 12px; fill: var(--quiet); }
  .group { font-weight: 600; }
  .value { font-variant-numeric: tabular-nums; fill: var(--quiet); }
  .label.ours, .value.ours { font-weight: 600; fill: var(--ours); }
  .bar { fill: var(--bar); }
  .bar.ours { fill: var(--ours); }
  .axis { stroke: var(--rim); }
  .whisker { stroke: var(--whisker); stroke-width: 1.5; }
</style>`;

/** @param {string} text */
export function escapeText(text) {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
