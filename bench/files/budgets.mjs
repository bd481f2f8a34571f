import { ratiosOf, spreadOf } from '../statistics.mjs';

/** @typedef {import('../types.d.ts').FilesWork} FilesWork */
/** @typedef {import('../types.d.ts').Verdict} Verdict */

/**
 * What is promised of the built-in tasks; `against` is the contender that the time is divided by, or null where the time
 * itself counts, in milliseconds.
 *
 * @type {readonly { readonly work: string, readonly subject: string, readonly against: string | null, readonly limit: number, readonly promise: string }[]}
 */
const budgets = [
  ...['a rare literal', 'a common literal', 'a regular expression'].flatMap((work) => [
    { work, subject: 'ipc-link', against: 'grep', limit: 1, promise: "≤ 1.0 × grep's time" },
    { work, subject: 'ipc-link', against: 'ripgrep', limit: 1.3, promise: "≤ 1.3 × ripgrep's time" },
  ]),
  { work: 'ten million hits', subject: 'ipc-link', against: 'ripgrep', limit: 3, promise: "≤ 3 × ripgrep's time" },
  { work: 'the first of 100,000 files', subject: 'ipc-link-values', against: null, limit: 100, promise: '≤ 100 ms' },
  {
    work: 'checksums',
    subject: 'ipc-link',
    against: 'sha256sum',
    limit: 1 / 1.5,
    promise: "≤ 0.67 × sha256sum's time",
  },
];

/** @param {readonly FilesWork[]} works @returns {Verdict[]} */
export function judgeFiles(works) {
  return budgets.map(({ work, subject, against, limit, promise }) => {
    const times = (/** @type {string} */ id) =>
      works.find(({ title }) => title === work)?.times.find((each) => each.id === id)?.milliseconds ?? [];
    const measured = spreadOf(against === null ? times(subject) : ratiosOf(times(subject), times(against)));
    const isMet = measured === null ? null : measured.median <= limit;
    return {
      work: work === 'checksums' ? work : `search: ${work}`,
      promise,
      measured,
      unit: against === null ? 'ms' : '×',
      isMet,
    };
  });
}
