import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import { findPython } from '../../python/interpreter.mjs';
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

test('electron-python: a window draws the spectrum that numpy has computed', async ({ openApp }) => {
  process.env['IPC_LINK_PYTHON'] = findPython();
  const page = await openApp(join(examples, 'electron-python'));
  await expect(page.locator('#peaks')).toHaveText('440 Hz, 1250 Hz');
  await expect(page.locator('#percent')).toHaveText('100');
  const heights = await page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
    const { width, height } = canvas;
    const pixels = canvas.getContext('2d')?.getImageData(0, 0, width, height).data ?? [];
    const isDark = (x: number, y: number): boolean => (pixels[4 * (y * width + x) + 3] ?? 0) > 0;
    const rows = Array.from({ length: height }, (_, y) => y);
    return [440, 800, 1_250].map((hertz) => rows.filter((y) => isDark(Math.round((hertz / 4_000) * width), y)).length);
  });
  expect(heights[0]).toBeGreaterThan(200);
  expect(heights[1]).toBeLessThan(10);
  expect(heights[2]).toBeGreaterThan(100);
});
