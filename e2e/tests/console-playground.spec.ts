import { expect, test } from '../src/console-app.ts';
import { inspectView } from '../src/inspect-view.ts';

test.describe.configure({ mode: 'serial' });

test('a console has no playground and keeps no bodies unless its app allows it', async ({ console }) => {
  const { page } = console;
  await expect(page.getByTestId('summary')).toContainText('instances ready');
  await expect(page.getByRole('tab', { name: 'Playground' })).toBeHidden();
  await expect(page.getByText('Keep bodies')).toBeHidden();
  await console.close();
  await console.open({ playground: true, bodies: true });
  await console.page.getByRole('tab', { name: 'Playground' }).click();
  await expect(console.page.getByLabel('Operation')).toBeFocused();
});

test('a form of the schema is filled in, what does not fit is said at its field, and Ctrl+Enter sends', async ({
  console,
}) => {
  const { page } = console;
  await page.getByLabel('Operation').selectOption({ label: 'order' });
  const form = page.getByTestId('play-form');
  await form.getByLabel('cups').fill('many');
  await form.getByLabel('street').fill('Main Street 1');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByTestId('play-status')).toHaveText(/^Failed after .*: ERR_LINK_INVALID_INPUT$/);
  await expect(form.getByLabel('name')).toBeFocused();
  for (const name of ['name', 'cups']) await expect(form.getByLabel(name)).toHaveAttribute('aria-invalid', 'true');
  await expect(form.getByLabel('street')).not.toHaveAttribute('aria-invalid');
  await expect(form.locator('#field-cups-problem')).toContainText('expected number');
  await page.keyboard.type('Ada');
  await form.getByLabel('cups').fill('2');
  await form.getByLabel('roast').selectOption('dark');
  await form.getByLabel('oat').selectOption('true');
  await form.getByLabel('notes').fill('hot\nno lid');
  await form.getByLabel('extra').fill('{"shots": 2');
  await page.keyboard.press('Control+Enter');
  await expect(form.locator('#field-extra-problem')).toContainText('This is no JSON');
  await form.getByLabel('extra').fill('{"shots": 2}');
  await page.getByRole('button', { name: 'JSON' }).click();
  const ordered = {
    name: 'Ada',
    cups: 2,
    roast: 'dark',
    oat: true,
    notes: ['hot', 'no lid'],
    address: { street: 'Main Street 1' },
    extra: { shots: 2 },
  };
  expect(JSON.parse(await page.getByTestId('play-json').inputValue())).toEqual(ordered);
  await page.getByRole('button', { name: 'Form', exact: true }).click();
  await expect(form.getByLabel('notes')).toHaveValue('hot\nno lid');
  await page.getByTestId('play-send').click();
  await expect(page.getByTestId('play-status')).toHaveText(/^Succeeded after [\d.]+ ms$/);
  await expect(page.getByTestId('play-reply')).toContainText('"street": "Main Street 1"');
  await expect(page.getByText('Progress, report 1')).toBeVisible();
  for (const name of ['name', 'cups', 'extra']) await expect(form.getByLabel(name)).not.toHaveAttribute('aria-invalid');
});

test('without a schema the input is JSON, and what is no JSON is said and not sent', async ({ console }) => {
  const { page } = console;
  const json = page.getByTestId('play-json');
  await page.getByLabel('Operation').selectOption({ label: 'fill' });
  await expect(page.getByRole('button', { name: 'Form', exact: true })).toBeDisabled();
  await json.fill('{');
  await json.press('Control+Enter');
  await expect(page.locator('#play-json-problem')).toContainText('This is no JSON');
  await expect(page.getByText('Send a call to see its reply here.')).toBeVisible();
  await json.fill('3000000');
  await json.press('Control+Enter');
  await expect(page.getByTestId('play-reply')).toContainText(
    'about 3.0 MB, of which the first 20,000 characters are shown',
  );
  const shown = await page.getByTestId('play-reply').getByTestId('play-text').innerText();
  expect(shown.length).toBeLessThan(20_100);
});

test('a stream shows its items, and Escape cancels what does not end', async ({ console }) => {
  const { page } = console;
  const json = page.getByTestId('play-json');
  await page.getByLabel('Operation').selectOption({ label: 'words (stream)' });
  await json.fill('250');
  await json.press('Control+Enter');
  await expect(page.getByTestId('play-items')).toContainText('250 items');
  await expect(page.getByTestId('play-items')).toContainText('the newest 100 of them below');
  await expect(page.getByTestId('play-items')).toContainText('"word 249"');
  await page.getByLabel('Operation').selectOption({ label: 'wait' });
  await json.press('Control+Enter');
  await expect(page.getByText('"waiting"')).toBeVisible();
  await expect(page.getByTestId('play-send')).toBeDisabled();
  await expect.poll(async () => (await console.rowOf('text-1')).inFlight).toBe(1);
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('play-status')).toHaveText(/^Cancelled after/);
  await expect.poll(async () => (await console.rowOf('text-1')).inFlight).toBe(0);
  await expect(page.getByTestId('play-send')).toBeEnabled();
});

test('many calls show how long they took and which errors they had', async ({ console }) => {
  const { page } = console;
  await page.getByLabel('Operation').selectOption({ label: 'limp' });
  await page.getByTestId('play-calls').fill('0');
  await page.getByTestId('play-send').click();
  await expect(page.getByText('Send a call to see its reply here.')).toBeVisible();
  await page.getByTestId('play-calls').fill('900');
  await page.getByTestId('play-in-flight').fill('32');
  await page.getByTestId('play-send').click();
  await expect(page.getByTestId('play-status')).toHaveText(/^Done: 900 of 900 calls in .* calls\/s$/);
  await expect(page.getByTestId('play-failures')).toHaveText(/^300\s*ELIMP$/);
  await expect(page.getByTestId('play-bars')).toHaveAttribute('aria-label', /^Latencies of 600 calls: p50 .*longest/);
  expect(await page.locator('.play-bar').count()).toBeGreaterThan(1);
  expect(await inspectView(page, 'playground')).toEqual([]);
});

test('the log has the bodies of calls only while they are asked for', async ({ console }) => {
  const { page } = console;
  await page.getByRole('tab', { name: 'Live' }).click();
  const detail = page.getByTestId('detail');
  const rows = page.getByTestId('log-row');
  const openLast = async (): Promise<void> => {
    await console.nextTick();
    await console.nextTick();
    await rows.last().click();
  };
  await console.burst(1);
  await openLast();
  await expect(detail).toContainText('text.count');
  await expect(detail).toContainText('Not kept.');
  await page.getByLabel('Keep bodies').check();
  await console.burst(1);
  await openLast();
  await expect(detail).toContainText('"one two"');
  await expect(detail).toContainText('"value": 2');
  expect(await inspectView(page, 'console-detail')).toEqual([]);
  await page.getByTestId('log').press('ArrowUp');
  await expect(detail).toContainText('Not kept.');
  await page.getByLabel('Keep bodies').uncheck();
  await console.burst(1);
  await openLast();
  await expect(detail).toContainText('Not kept.');
  await detail.getByRole('button', { name: 'Close' }).click();
  await expect(detail).toBeHidden();
});
