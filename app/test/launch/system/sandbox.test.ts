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

test.each([
  ['linux', true],
  ['darwin', false],
  ['win32', false],
] as const)('on %s, root: %s, there is nothing to check', async (platform, isRoot) => {
  const options = { platform, isRoot, hasUserNamespaces: async () => false };
  await expect(ensureSandbox('/electron/electron', options)).resolves.toBeUndefined();
});
