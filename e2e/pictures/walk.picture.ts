import { mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PROJECT_FOLDER } from '#launch';
import type { ElectronApplication, Page } from '@playwright/test';
import { expect as baseExpect, test } from '../src/electron-test.ts';
import { type Frame, packAnimation } from './animated-webp.ts';

/** A busy machine may take its time. */
const expect = baseExpect.configure({ timeout: 60_000 });

const target = join(PROJECT_FOLDER, 'docs/walk.webp');
const size = { width: 1_100, height: 720 };
/** Of the window's size, in the animation. */
const SCALE = 0.75;
const MAX_BYTES = 3_000_000;

test('a walk through the app: a folder, its checksums, a search, the console', async ({
  electronApp,
  page,
  chooseFolder,
  folder,
}) => {
  const film = await startFilm(electronApp);
  await page.setViewportSize(size);
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expect(page.getByTestId('sidecar-state')).toContainText(/ready/i);
  await film.take(page, 1_500);
  await chooseFolder(await makeProject(folder));
  await film.take(page, 1_200);
  await page.getByTestId('run').click();
  for (let picture = 0; picture < 6; picture++) await film.take(page, 250);
  await expect(page.getByTestId('result-row').first()).toBeVisible();
  await page.getByTestId('result-row').nth(3).click();
  await film.take(page, 2_200);

  await page.getByTestId('tab-search').click();
  await film.take(page, 700);
  for (const key of 'sidecar') {
    await page.keyboard.press(key);
    await film.take(page, 110);
  }
  await page.getByTestId('run').click();
  await expect(page.getByTestId('status')).toContainText('Done');
  await film.take(page, 2_000);

  const opened = electronApp.waitForEvent('window');
  await electronApp.evaluate(({ Menu }) => Menu.getApplicationMenu()?.getMenuItemById('console')?.click());
  const console = await opened;
  await console.setViewportSize(size);
  await console.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await expect(console.getByTestId('row-files-1')).toContainText('ready');
  await page.getByTestId('pattern').fill('the');
  for (let picture = 0; picture < 10; picture++) {
    await page.getByTestId('run').click();
    await expect(page.getByTestId('status')).toContainText('Done');
    await film.take(console, picture < 9 ? 450 : 2_500);
  }
  await writeFile(target, packAnimation(film.frames, film.size));
  expect((await stat(target)).size).toBeLessThan(MAX_BYTES);
});

/** Some thousand lines to search, and some hundred megabytes to read. */
async function makeProject(folder: string): Promise<string> {
  const root = join(folder, 'project');
  await mkdir(join(root, 'notes'), { recursive: true });
  await mkdir(join(root, 'recordings'));
  for (let note = 1; note <= 60; note++) {
    const lines = Array.from({ length: 40 }, (_, line) =>
      line % 9 === 0 ? `The sidecar answers request ${note * line}.` : `Line ${line} of note ${note}.`,
    );
    await writeFile(join(root, 'notes', `note-${String(note).padStart(2, '0')}.md`), lines.join('\n'));
  }
  for (let take = 1; take <= 12; take++)
    await writeFile(
      join(root, 'recordings', `take-${String(take).padStart(2, '0')}.wav`),
      Buffer.alloc(16_000_000, take),
    );
  return root;
}

interface Film {
  readonly frames: Frame[];
  readonly size: { readonly width: number; readonly height: number };
  /** Adds a picture of a window. @param duration For how long it is shown, in milliseconds. */
  take(window: Page, duration: number): Promise<void>;
}

/** The pictures are encoded as WebP by an empty page, since that is what a browser can do. */
async function startFilm(app: ElectronApplication): Promise<Film> {
  await app.firstWindow();
  const opened = app.waitForEvent('window');
  await app.evaluate(({ BrowserWindow }) => new BrowserWindow({ show: false }).loadURL('data:text/html,'));
  const encoder = await opened;
  const scaled = { width: Math.round(size.width * SCALE), height: Math.round(size.height * SCALE) };
  const frames: Frame[] = [];
  return {
    frames,
    size: scaled,
    async take(window, duration) {
      const png = (await window.screenshot({ scale: 'css' })).toString('base64');
      const url = await encoder.evaluate(
        async ({ source, width, height }) => {
          const image = new Image();
          image.src = source;
          await image.decode();
          const canvas = document.createElement('canvas');
          Object.assign(canvas, { width, height });
          const context = canvas.getContext('2d', { alpha: false });
          if (context === null) throw new Error('This page has no canvas.');
          context.imageSmoothingQuality = 'high';
          context.drawImage(image, 0, 0, width, height);
          return canvas.toDataURL('image/webp', 0.8);
        },
        { source: `data:image/png;base64,${png}`, ...scaled },
      );
      frames.push({ webp: Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'), duration });
    },
  };
}
