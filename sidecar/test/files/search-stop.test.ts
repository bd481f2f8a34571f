import { expect, test, vi } from 'vitest';
import { search } from '../../dist/files/search.js';
import { searchContext } from './helpers/contexts.ts';
import { openFilesBelow, untilAllClosed } from './helpers/open-files.ts';
import { makeFolder } from './helpers/temp-folder.ts';

test('a reader that stops early closes the files, with the last word of return()', async () => {
  const root = makeFolder({ f: 'match\n'.repeat(1_000_000) });
  const matches = search({ root, pattern: 'match' }, searchContext());
  expect((await matches.next()).value).toMatchObject({ path: 'f', line: 1 });
  expect(openFilesBelow(root)).toHaveLength(1);
  await matches.return();
  expect(openFilesBelow(root)).toEqual([]);
});

test('a reader that waits keeps the thread waiting', async () => {
  const root = makeFolder({ a: 'match\n'.repeat(10), b: 'match\n'.repeat(1_000_000), c: 'match' });
  const paths = new Set<string>();
  for await (const { path, line } of search({ root, pattern: 'match' }, searchContext())) {
    paths.add(path);
    if (path === 'b' && line === 500_000) break;
  }
  expect([...paths]).toEqual(['a', 'b']);
  expect(openFilesBelow(root)).toEqual([]);
});

test('an abort ends a regular expression that never comes back', async () => {
  const root = makeFolder({ f: `${'a'.repeat(64)}!` });
  const abort = new AbortController();
  const reason = new Error('enough');
  const found = search({ root, pattern: '^(a+)+$', regex: true }, searchContext(abort.signal)).next();
  await vi.waitFor(() => expect(openFilesBelow(root)).toHaveLength(1), { timeout: 20_000 });
  abort.abort(reason);
  await expect(found).rejects.toBe(reason);
  await untilAllClosed(root);
});

test('an abort between two matches rejects the next one, though it has been found already', async () => {
  const root = makeFolder({ f: 'match match match' });
  const abort = new AbortController();
  const matches = search({ root, pattern: 'match' }, searchContext(abort.signal));
  await matches.next();
  abort.abort();
  await expect(matches.next()).rejects.toMatchObject({ name: 'AbortError' });
  expect(await matches.next()).toEqual({ done: true, value: undefined });
  await untilAllClosed(root);
});

test('a signal that is aborted already reads nothing', async () => {
  const reason = new Error('never mind');
  const matches = search({ root: '/nowhere', pattern: 'x' }, searchContext(AbortSignal.abort(reason)));
  await expect(matches.next()).rejects.toBe(reason);
});
