import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

const abortAtTenth = (client: string): string => `
  const controller = new AbortController();
  let read = 0;
  try {
    for await (const _ of ${client}.ticks(100_000, { signal: controller.signal })) if (++read === 10) controller.abort();
    return [read, 'the end'];
  } catch (error) {
    return [read, error.name];
  }
`;

test('a stream that is aborted at its tenth item delivers nothing more', async ({ windows }) => {
  expect(await inPage(windows.page, abortAtTenth('demo'))).toEqual([10, 'AbortError']);
  expect(await inPage(windows.page, abortAtTenth('straight'))).toEqual([10, 'AbortError']);
  expect(await inMain(windows.app, abortAtTenth('demo'))).toEqual([10, 'AbortError']);
});
