import { expect, test } from 'vitest';
import { abortable } from '../../src/files/abortable.ts';

const reason = new Error('enough');

test('what is waited for comes through, and so does its failure', async () => {
  const { signal } = new AbortController();
  expect(await abortable(Promise.resolve(1), signal)).toBe(1);
  await expect(abortable(Promise.reject(reason), signal)).rejects.toBe(reason);
});

test("an abort does not wait, and a later failure is nobody's", async () => {
  const abort = new AbortController();
  let fail = (_error: Error): void => {};
  const waited = new Promise<never>((_resolve, reject) => (fail = reject));
  const result = abortable(waited, abort.signal);
  abort.abort(reason);
  await expect(result).rejects.toBe(reason);
  fail(new Error('too late'));
});

test('an aborted signal rejects at once', async () => {
  await expect(abortable(new Promise(() => {}), AbortSignal.abort(reason))).rejects.toBe(reason);
});
