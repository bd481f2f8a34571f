import { expect, test, vi } from 'vitest';
import { search } from '../../dist/files/search.js';
import { streamContext } from './helpers/contexts.ts';
import { engines, untilEngineGone, waitsForReader } from './helpers/engines.ts';
import { makeFolder } from './helpers/temp-folder.ts';

test('a reader that stops early ends the engine', async () => {
  const root = makeFolder({ f: 'match\n'.repeat(1_000_000) });
  const matches = search({ root, pattern: 'match' }, streamContext());
  expect((await matches.next()).value).toMatchObject({ path: 'f', line: 1 });
  expect(engines()).toHaveLength(1);
  await matches.return();
  await untilEngineGone();
});

test('a reader that waits keeps the engine waiting', async () => {
  const root = makeFolder({ f: 'match\n'.repeat(2_000_000) });
  const matches = search({ root, pattern: 'match', sort: 'path' }, streamContext());
  await matches.next();
  await vi.waitFor(() => expect(waitsForReader()).toBe(true), { timeout: 20_000 });
  await matches.return();
  await untilEngineGone();
});

test('an abort ends a search in the midst of a file', async () => {
  const root = makeFolder({ f: 'a'.repeat(50_000_000) });
  const abort = new AbortController();
  const reason = new Error('enough');
  const found = search(
    { root, pattern: '(?:a?){50}b', regex: true, engine: 'pcre2' },
    streamContext(abort.signal),
  ).next();
  await vi.waitFor(() => expect(engines()).toHaveLength(1), { timeout: 20_000 });
  abort.abort(reason);
  await expect(found).rejects.toBe(reason);
  await untilEngineGone();
});

test('an abort between two matches rejects the next one, though it has been found already', async () => {
  const root = makeFolder({ f: 'match\nmatch\nmatch\n' });
  const abort = new AbortController();
  const matches = search({ root, pattern: 'match' }, streamContext(abort.signal));
  await matches.next();
  abort.abort();
  await expect(matches.next()).rejects.toMatchObject({ name: 'AbortError' });
  expect(await matches.next()).toEqual({ done: true, value: undefined });
  await untilEngineGone();
});

test('a signal that is aborted already reads nothing', async () => {
  const reason = new Error('never mind');
  const matches = search({ root: '/nowhere', pattern: 'x' }, streamContext(AbortSignal.abort(reason)));
  await expect(matches.next()).rejects.toBe(reason);
});
