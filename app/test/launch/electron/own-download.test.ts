import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';

import { useOwnDownload } from '../../../src/launch/electron/own-download.ts';
import type { Report } from '../../../src/launch/report.ts';
import { listen, makeFolder, writeFiles } from '../support.ts';

const report = vi.fn<Report>();

async function makePackage(files: Readonly<Record<string, string>>): Promise<string> {
  const folder = await makeFolder();
  await writeFiles(folder, files);
  return folder;
}

const DOWNLOADS = `
  const fs = require('fs');
  fs.mkdirSync(__dirname + '/dist');
  fs.writeFileSync(__dirname + '/dist/electron', '');
  fs.writeFileSync(__dirname + '/path.txt', 'electron');
`;

test('an Electron that is there already is used without its install script', async () => {
  const packageFolder = await makePackage({
    'path.txt': 'electron',
    'dist/electron': '',
    'install.js': 'process.exit(1)',
  });
  await expect(useOwnDownload({ env: process.env, report, packageFolder })).resolves.toBe(
    join(packageFolder, 'dist/electron'),
  );
});

test('the install script fetches it where it is missing', async () => {
  const packageFolder = await makePackage({ 'install.js': DOWNLOADS });
  await expect(useOwnDownload({ env: process.env, report, packageFolder })).resolves.toBe(
    join(packageFolder, 'dist/electron'),
  );
});

test('a folder whose executable is gone is fetched again', async () => {
  const packageFolder = await makePackage({ 'path.txt': 'electron', 'install.js': DOWNLOADS });
  await expect(useOwnDownload({ env: process.env, report, packageFolder })).resolves.toBe(
    join(packageFolder, 'dist/electron'),
  );
});

test('a failing download tells the reason that the script printed', async () => {
  const packageFolder = await makePackage({
    'install.js': `console.error('Warning: x'); console.error(new TypeError('fetch failed').stack); process.exit(1)`,
  });
  await expect(useOwnDownload({ env: process.env, report, packageFolder })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_DOWNLOAD',
    message: "Electron's own download failed: TypeError: fetch failed",
  });
});

test('a script that leaves no Electron is a failure', async () => {
  const packageFolder = await makePackage({ 'install.js': '' });
  await expect(useOwnDownload({ env: process.env, report, packageFolder })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_DOWNLOAD',
  });
});

test('an abort ends the script and is the reason', async () => {
  const { path, connection } = await listen();
  const packageFolder = await makePackage({ 'install.js': `require('node:net').connect(process.env.READY)` });
  const controller = new AbortController();
  const env = { ...process.env, READY: path };
  const result = useOwnDownload({ env, report, packageFolder, signal: controller.signal });
  const socket = await connection;
  const gone = once(socket.resume(), 'close');
  const reason = new Error('stop');
  controller.abort(reason);
  await expect(result).rejects.toBe(reason);
  await gone;
});
