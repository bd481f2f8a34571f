import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import { expect, test } from '../src/other-app.ts';

const examples = join(PROJECT_FOLDER, 'examples');

test('electron-minimal shows what its sidecar found out', async ({ openApp }) => {
  const page = await openApp(join(examples, 'electron-minimal'));
  await expect(page.locator('body')).toHaveText('9592 primes below 100000');
});

test('electron-stream: a window calls, reads a stream, and is refused', async ({ openApp }) => {
  const page = await openApp(join(examples, 'electron-stream'));
  await expect(page.locator('#found')).toHaveText('5133');
  await expect(page.locator('#percent')).toHaveText('80');
  await expect(page.locator('#palindromes')).toHaveText('11 101 131 151 181');
  await expect(page.locator('#refused')).toHaveText('That many are not for windows to ask for.');
});
