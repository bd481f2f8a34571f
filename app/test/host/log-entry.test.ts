import { expect, test } from 'vitest';
import { printedEntry } from '../../src/host/log-entry.ts';

const origin = { sidecar: 'files', instance: 'files-1', pid: 7 };

test.each([
  ['stdout', 'done', 'info'],
  ['stderr', 'DeprecationWarning: old', 'warn'],
  ['stderr', '', 'info'],
  ['stderr', '  \t', 'info'],
] as const)('what is printed on %s, %j, has the level %s', (source, message, level) => {
  expect(printedEntry(origin, source, message)).toEqual({ level, message, source, ...origin });
});
