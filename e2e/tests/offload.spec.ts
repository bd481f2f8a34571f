import { expect, test } from '../src/electron-test.ts';
import { inspectView } from '../src/inspect-view.ts';
import { photograph } from '../src/photograph.ts';

interface Seen {
  readonly steps: readonly string[];
  /** Steps in which the window said that the main process doesn't answer. */
  readonly silentIn: readonly string[];
}

test('the offload view shows what a job does to the main process, there and in sidecars, and can be cancelled', async ({
  page,
}) => {
  test.setTimeout(120_000);
  await page.getByTestId('tab-offload').click();
  await expect(page.getByRole('button', { name: 'Compare' })).toBeFocused();
  await expect(page.getByTestId('status')).toHaveText('Ready to compare.');
  // The page itself keeps what it shows: while the main process is held up, nobody can ask it from outside.
  await page.evaluate(() => {
    const steps = new Set<string>();
    const silentIn = new Set<string>();
    new MutationObserver(() => {
      const step = document.querySelector<HTMLElement>('[data-testid=offload-progress]')?.dataset['step'];
      if (step === undefined) return;
      steps.add(step);
      const answer = document.querySelector('[data-testid=offload-answer]')?.textContent ?? '';
      if (answer.includes('has not answered')) silentIn.add(step);
    }).observe(document.body, { subtree: true, childList: true, attributes: true, characterData: true });
    Reflect.set(globalThis, 'readSeen', () => ({ steps: [...steps], silentIn: [...silentIn] }));
  });
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('offload-summary')).toHaveText(
    /^In the main process the job held up the whole app for \d\.\d s\. In \d sidecars? it got [\d.]+ times as much done, /,
    { timeout: 40_000 },
  );
  const seen = await page.evaluate((): Seen => Reflect.get(globalThis, 'readSeen')());
  expect(seen.steps).toEqual(expect.arrayContaining(['main', 'sidecars']));
  expect(seen.silentIn).toContain('main');
  await expect(page.getByTestId('delay-chart')).toHaveAttribute(
    'aria-label',
    /Job in main: p99 \d\.\d s, longest \d\.\d s\. Job in sidecars: p99 [\d.]+ m?s/,
  );
  await expect(page.getByTestId('delay-chart').locator('canvas')).toBeVisible();

  await page.setViewportSize({ width: 1_100, height: 760 });
  await photograph(page, 'offload');
  expect(await inspectView(page, 'offload')).toEqual([]);

  await page.getByRole('button', { name: 'Compare' }).click();
  await expect(page.getByTestId('status')).toHaveText('The same job runs in sidecars.', { timeout: 30_000 });
  await page.keyboard.press('Escape');
  await expect(page.getByText('The sidecars have been ended.')).toBeVisible();
  await expect(page.getByTestId('status')).toHaveText('Cancelled.');
});
