import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';

import { endWithParent } from '../../../src/launch/process/end-with-parent.ts';
import { fakeProgram, listen, makeFolder } from '../support.ts';

test('where the system can, a child is gone when its parent was killed outright', async () => {
  const { path, connection } = await listen();
  const lives = `require('node:net').connect(process.argv[1]).on('close', () => process.exit())`;
  const { file, args } = await endWithParent(process.execPath, ['-e', lives, path], process.env);
  const parents = `const [file, ...args] = JSON.parse(process.argv[1]); require('node:child_process').spawn(file, args, { detached: true, stdio: 'ignore' })`;
  const parent = spawn(process.execPath, ['-e', parents, JSON.stringify([file, ...args])], { stdio: 'ignore' });

  const socket = await connection;
  const gone = once(socket.resume(), 'close');
  parent.kill('SIGKILL');
  await once(parent, 'exit');
  // Without setpriv nothing ends the child but its socket.
  const isWrapped = file !== process.execPath;
  if (!isWrapped) socket.destroy();
  await gone;
  expect(isWrapped).toBe(await canWrap());
});

/** Whether this system has a setpriv that can do it, asked in another way. */
async function canWrap(): Promise<boolean> {
  const probe = spawn('setpriv', ['--pdeathsig', 'TERM', 'true'], { stdio: 'ignore' });
  const [code] = await once(probe, 'exit').catch(() => [null]);
  return code === 0;
}

test('a setpriv that cannot do it is left out', async () => {
  const env = await fakeProgram('setpriv', 'exit 1');
  await expect(endWithParent('Xvfb', ['-x'], env)).resolves.toEqual({ file: 'Xvfb', args: ['-x'] });
});

test('so is one that is not there', async () => {
  const env = { PATH: await makeFolder() };
  await expect(endWithParent('Xvfb', ['-x'], env)).resolves.toEqual({ file: 'Xvfb', args: ['-x'] });
});
