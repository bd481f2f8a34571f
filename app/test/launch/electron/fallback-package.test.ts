import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';

import { checkIntegrity, fetchTarball } from '../../../src/launch/electron/fallback-package.ts';
import { fakeProgram, makeFolder } from '../support.ts';

// Without npm_execpath it is the npm on the path that is asked.
async function fakeNpm(script: string): Promise<NodeJS.ProcessEnv> {
  const { npm_execpath: _, ...env } = await fakeProgram('npm', script);
  return env;
}

test('npm packs the pinned package into the folder, without running its scripts', async () => {
  const folder = await makeFolder();
  const env = await fakeNpm(`echo "$@" > '${folder}/their-app-1.0.0.tgz'`);
  const tarball = await fetchTarball('their-app@1.0.0', folder, { env });
  expect(tarball).toBe(join(folder, 'their-app-1.0.0.tgz'));
  await expect(checkIntegrity(tarball, '')).rejects.toMatchObject({ code: 'ERR_LAUNCH_INTEGRITY' });
});

test("npm's reason is told, without its codes and its log", async () => {
  const env = await fakeNpm(
    'printf "npm error code E404\\nnpm error 404 Not Found - GET x\\nnpm error A complete log is in y\\n" >&2; exit 1',
  );
  await expect(fetchTarball('their-app@1.0.0', await makeFolder(), { env })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_FALLBACK',
    message: 'The pinned fallback could not be fetched: npm pack ended with code 1 (404 Not Found - GET x)',
  });
});

test('an npm that leaves no tarball is a failure', async () => {
  const env = await fakeNpm('exit 0');
  await expect(fetchTarball('their-app@1.0.0', await makeFolder(), { env })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_FALLBACK',
  });
});

test('without npm the reason is told', async () => {
  const result = fetchTarball('their-app@1.0.0', await makeFolder(), { env: { PATH: await makeFolder() } });
  await expect(result).rejects.toMatchObject({
    code: 'ERR_LAUNCH_FALLBACK',
    message: expect.stringContaining('ENOENT'),
  });
});

test('a file is let through by its own integrity only', async () => {
  const file = join(await makeFolder(), 'file');
  await writeFile(file, 'abc');
  const integrity = 'sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==';
  await expect(checkIntegrity(file, integrity)).resolves.toBeUndefined();
  await writeFile(file, 'abd');
  await expect(checkIntegrity(file, integrity)).rejects.toMatchObject({ code: 'ERR_LAUNCH_INTEGRITY' });
});
