import { join } from 'node:path';
import { expect, test } from 'vitest';

import { ensureSandbox } from '../../../src/launch/system/sandbox.ts';
import { fakeProgram, makeFolder, writeFiles } from '../support.ts';

const ordinaryUser = { platform: 'linux', isRoot: false } as const;

test('user namespaces are enough', async () => {
  const options = { ...ordinaryUser, hasUserNamespaces: async () => true };
  await expect(ensureSandbox('/electron/electron', options)).resolves.toBeUndefined();
});

test('without them and without a helper of root, the command that helps is told', async () => {
  const folder = await makeFolder();
  await writeFiles(folder, { 'chrome-sandbox': '' });
  const options = { ...ordinaryUser, hasUserNamespaces: async () => false };
  await expect(ensureSandbox(join(folder, 'electron'), options)).rejects.toMatchObject({
    code: 'ERR_LAUNCH_SANDBOX',
    message: expect.stringContaining(`sudo chmod 4755 '${join(folder, 'chrome-sandbox')}'`),
  });
});

test('whether there are user namespaces is found out by trying', async () => {
  const env = await fakeProgram('unshare', 'exit 1');
  await expect(ensureSandbox('/electron/electron', { ...ordinaryUser, env })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_SANDBOX',
  });
});

test('root, macOS and Windows need no check', async () => {
  const hasUserNamespaces = async () => false;
  await ensureSandbox('/electron', { platform: 'linux', isRoot: true, hasUserNamespaces });
  await ensureSandbox('/electron', { platform: 'darwin', isRoot: false, hasUserNamespaces });
});
