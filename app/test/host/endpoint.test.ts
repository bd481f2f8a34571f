import { spawnSync } from 'node:child_process';
import { mkdir, stat, utimes, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { onlyUnix } from '../../../shared/test/support/left-out.ts';
import { createEndpoint, defaultSocketFolders } from '../../src/host/endpoint.ts';
import { removeStaleEndpoints } from '../../src/host/stale-endpoints.ts';
import { createFolder, filesIn } from './helpers.ts';

describe('an endpoint', () => {
  test('is a socket in a fresh folder that only this user can enter', async () => {
    onlyUnix('socketFiles');
    const parent = await createFolder();
    const [one, two] = await Promise.all([createEndpoint([parent]), createEndpoint([parent])]);
    expect(one.socketRoot).not.toBe(two.socketRoot);
    expect((await stat(one.socketRoot)).mode & 0o777).toBe(0o700);
    expect(one.path).toBe(one.socketRoot + one.host);
    await Promise.all([one.remove(), two.remove()]);
    expect(await filesIn(parent)).toEqual([]);
  });

  test('is made in the next folder where the first is no good', async () => {
    onlyUnix('socketFiles');
    const parent = await createFolder();
    const endpoint = await createEndpoint(['/nowhere', parent]);
    expect(endpoint.socketRoot.startsWith(parent)).toBe(true);
    await expect(createEndpoint(['/nowhere', '/nowhere-else'])).rejects.toMatchObject({
      code: 'ERR_SIDECAR_ENDPOINT',
      cause: { code: 'ENOENT' },
    });
  });

  test('is refused where its path would not fit', async () => {
    onlyUnix('socketFiles');
    await expect(createEndpoint([`/tmp/${'x'.repeat(90)}`])).rejects.toMatchObject({
      code: 'ERR_SIDECAR_ENDPOINT',
      message: expect.stringContaining('socketFolder'),
    });
  });

  test('is a pipe of a random name on Windows', async () => {
    const [one, two] = await Promise.all([createEndpoint([], 'win32'), createEndpoint([], 'win32')]);
    expect(one.path).toMatch(/^\\\\\.\\pipe\\ipc-link-[0-9a-f]{32}-host$/);
    expect(one.path).not.toBe(two.path);
  });

  test("goes to the user's own folder where the system has one", () => {
    expect(defaultSocketFolders({ XDG_RUNTIME_DIR: '/run/user/7' }).at(0)).toBe('/run/user/7');
    expect(defaultSocketFolders({})).not.toContain('/run/user/7');
  });

  test('is made in /tmp where the folder for temporary files is too long', async () => {
    onlyUnix('socketFiles');
    const long = join(await createFolder(), 'x'.repeat(90));
    await mkdir(long);
    vi.stubEnv('TMPDIR', long);
    onTestFinished(() => void vi.unstubAllEnvs());
    const endpoint = await createEndpoint(defaultSocketFolders({}));
    onTestFinished(() => endpoint.remove());
    expect(endpoint.socketRoot).toMatch(/^\/tmp\/ipc-link-/);
    expect((await stat(endpoint.socketRoot)).mode & 0o777).toBe(0o700);
  });
});

describe('what a killed host left behind', () => {
  beforeEach(() => onlyUnix('socketFiles'));

  const gone = endedProcess();

  test('goes away: the folder with a dead socket, and the one that had none yet', async () => {
    const parent = await createFolder();
    await deadSocket(join(parent, `ipc-link-${gone}-abcdef`));
    await mkdir(join(parent, `ipc-link-${gone}-ABC123`));
    await removeStaleEndpoints([parent]);
    expect(await filesIn(parent)).toEqual([]);
  });

  test('goes away although another process has its number now, but where that may be a busy host', async () => {
    const parent = await createFolder();
    const folder = join(parent, `ipc-link-${process.ppid}-abcdef`);
    await deadSocket(folder);
    await utimes(folder, 0, 0);
    const ours = join(parent, `ipc-link-${process.pid}-abcdef`);
    await mkdir(ours);
    await utimes(ours, 0, 0);
    await removeStaleEndpoints([parent], 'darwin');
    expect(await filesIn(parent)).toHaveLength(2);
    await removeStaleEndpoints([parent], 'linux');
    expect(await filesIn(parent)).toEqual([]);
  });

  test('is not the folder of a host that lives, whatever number it has', async () => {
    const parent = await createFolder();
    const folder = join(parent, `ipc-link-${gone}-abcdef`);
    await mkdir(folder);
    await listen(join(folder, 'host'));
    await removeStaleEndpoints([parent]);
    expect(await filesIn(parent)).toHaveLength(2);
  });

  test('is not the folder of a host that is just starting', async () => {
    const parent = await createFolder();
    await mkdir(join(parent, `ipc-link-${process.ppid}-abcdef`));
    await mkdir(join(parent, `ipc-link-${process.pid}-abcdef`));
    await removeStaleEndpoints([parent]);
    expect(await filesIn(parent)).toHaveLength(2);
  });

  test('is nothing of anybody else', async () => {
    const parent = await createFolder();
    await mkdir(join(parent, 'ipc-link-notes'));
    await mkdir(join(parent, `ipc-link-${gone}-abcdef`));
    await writeFile(join(parent, `ipc-link-${gone}-abcdef`, 'letter'), '');
    await writeFile(join(parent, `ipc-link-${gone}-ghijkl`), '');
    await removeStaleEndpoints([parent, '/nowhere']);
    expect(await filesIn(parent)).toHaveLength(4);
  });
});

/** The number of a process that has ended. */
function endedProcess(): number {
  return spawnSync(process.execPath, ['--version']).pid;
}

async function listen(path: string): Promise<Server> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(path, resolve));
  onTestFinished(() => void server.close());
  return server;
}

/** A socket whose process was killed stays as a file on which nobody answers. */
async function deadSocket(folder: string): Promise<void> {
  await mkdir(folder);
  const script = `require('net').createServer().listen(${JSON.stringify(join(folder, 'host'))}, () => process.kill(process.pid, 'SIGKILL'))`;
  spawnSync(process.execPath, ['-e', script]);
  expect(await filesIn(folder)).toEqual(['host']);
}
