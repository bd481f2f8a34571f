import { spawn } from 'node:child_process';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { PROJECT_FOLDER } from '#launch';
import { expect, readElectron, test } from '../src/electron-test.ts';
import { writeFilesOf } from '../src/packed-install.ts';

for (const program of ['utility/before/main.mjs', 'utility/after/main.mjs']) {
  test(`${program} of the page on migration counts the words, and quits`, async ({ folder }) => {
    expect(await writeFilesOf('docs/MIGRATION.md', folder)).toContain(program);
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'migration', main: program, type: 'module' }));
    await symlink(join(PROJECT_FOLDER, 'node_modules'), join(folder, 'node_modules'));
    const { executablePath, args } = readElectron();
    const userData = `--user-data-dir=${join(folder, '.user-data')}`;
    const app = spawn(executablePath, [...args, userData, folder], {
      env: { ...process.env, FORCE_COLOR: '0' },
      stdio: ['ignore', 'pipe', 'ignore'],
      timeout: 20_000,
    });
    expect(await text(app.stdout)).toMatch(/^6 words\r?$/m);
  });
}
