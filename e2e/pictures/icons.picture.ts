import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import type { Page } from '@playwright/test';
import { test } from '../src/electron-test.ts';
import { packIcns, packIco } from './icon-files.ts';

const folder = join(PROJECT_FOLDER, 'app/packaging');
/** Sizes of Linux's icon themes, which are those of the other systems too. */
const sizes = [16, 32, 48, 64, 128, 256, 512, 1_024];

test('the icons of the app, from icon.svg', async ({ electronApp }) => {
  const source = `data:image/svg+xml;base64,${(await readFile(join(folder, 'icon.svg'))).toString('base64')}`;
  await electronApp.firstWindow();
  // In an empty page, because the app's own loads no pictures from outside.
  const opened = electronApp.waitForEvent('window');
  await electronApp.evaluate(({ BrowserWindow }) => new BrowserWindow({ show: false }).loadURL('data:text/html,'));
  const page = await opened;
  const pictures = new Map<number, Buffer>();
  for (const size of sizes) pictures.set(size, await render(page, source, size));
  await mkdir(join(folder, 'icons'), { recursive: true });
  for (const [size, png] of pictures)
    if (size <= 512) await writeFile(join(folder, 'icons', `${size}x${size}.png`), png);
  await writeFile(join(folder, 'icon.icns'), packIcns(pictures));
  await writeFile(join(folder, 'icon.ico'), packIco(pictures));
});

/** Draws a picture with its transparency. @returns A PNG. */
async function render(page: Page, source: string, size: number): Promise<Buffer> {
  const url = await page.evaluate(
    async ([src, edge]) => {
      const image = new Image();
      image.src = src;
      await image.decode();
      const canvas = document.createElement('canvas');
      canvas.width = edge;
      canvas.height = edge;
      canvas.getContext('2d')?.drawImage(image, 0, 0, edge, edge);
      return canvas.toDataURL('image/png');
    },
    [source, size] as const,
  );
  return Buffer.from(url.slice(url.indexOf(',') + 1), 'base64');
}
