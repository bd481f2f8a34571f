import { expect, inMain, inPage, test } from '../../src/window-pages.ts';
import { loadRowsInMain, loadRowsInPage } from '../../src/type-rows.ts';

interface Bounced {
  readonly sent: number;
  readonly problems: readonly string[];
}

for (const client of ['demo', 'straight']) {
  test(`every row of the table of types goes from a page to a sidecar and back: ${client}`, async ({
    windows,
    page,
  }) => {
    await loadRowsInPage(page);
    const { sent, problems } = await inPage<Bounced>(page, `return typeRows.bounce(${client}.same)`);
    expect(problems).toEqual([]);
    expect(sent).toBe(316);
    expect(await inPage(windows.page, `return ${client}.same('still')`)).toBe('still');
  });
}

test('every row goes from the main process to a sidecar and back', async ({ windows, folder }) => {
  await loadRowsInMain(windows.app, folder);
  const { sent, problems } = await inMain<Bounced>(windows.app, 'return typeRows.bounce(demo.same)');
  expect(problems).toEqual([]);
  expect(sent).toBe(302);
});
