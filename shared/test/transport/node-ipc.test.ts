import {
  chmodSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import net, { Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { NodeIpcTransport } from '../../src/transport/node-ipc.ts';
import { toAddress } from '../../src/transport/socket-path.ts';
import type { ByteStream, Listener } from '../../src/transport/transport.ts';
import { startPeer } from '../support/child.ts';
import { code } from '../support/code.ts';
import { notInWine, onlyUnix } from '../support/left-out.ts';

let folder = '';
const listeners: Listener[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'link-'));
});
afterEach(() => {
  vi.restoreAllMocks();
  for (const listener of listeners.splice(0)) listener.close();
  rmSync(folder, { recursive: true, force: true });
});

function createTransport(socketRoot = `${folder}/`, appspace = ''): NodeIpcTransport {
  return new NodeIpcTransport({ socketRoot, appspace, maxConnections: 10 });
}

async function listen(name: string, transport = createTransport()): Promise<void> {
  listeners.push(await transport.listen(name, destroy));
}

function destroy(stream: ByteStream): void {
  stream.destroy();
}

/** Of a file or folder, the last bits: who may do what, and sticky. */
function modeOf(path: string): string {
  return (statSync(path).mode & 0o7777).toString(8);
}

function stubPlatform(value: NodeJS.Platform): void {
  const own = Object.getOwnPropertyDescriptor(process, 'platform');
  Object.defineProperty(process, 'platform', { ...own, value });
  onTestFinished(() => void Object.defineProperty(process, 'platform', { ...own }));
}

/** Whose connection neither comes nor fails, and which closes when told to. */
class BusySocket extends Socket {
  #close: (() => void) | undefined;

  override connect(): this {
    return this;
  }

  override _destroy(_error: Error | null, callback: (error?: Error | null) => void): void {
    this.#close = callback;
  }

  close(): void {
    this.#close?.();
  }
}

/** @param path Below the test's folder. */
function splitPath(path: string): { socketRoot: string; name: string } {
  const [name = '', ...folders] = path.split('/').toReversed();
  return { socketRoot: [folder, ...folders, ''].join('/'), name };
}

test.each([null, 'silent'])('options that are %j are refused', (options) => {
  expect(() => Reflect.construct(NodeIpcTransport, [options])).toThrow(code('ERR_LINK_INVALID_ARGUMENT'));
});

describe('a socket', () => {
  beforeEach(() => onlyUnix('socketFiles'));

  test('lies at socketRoot + appspace + name', async () => {
    await listen('name', createTransport(`${folder}/`, 'space.'));
    expect(readdirSync(folder)).toStrictEqual(['space.name']);
    expect(lstatSync(join(folder, 'space.name')).isSocket()).toBe(true);
  });

  test('is for its owner alone, and so is its folder', async () => {
    const nested = join(folder, 'made/on/demand');
    const mask = process.umask(0);
    try {
      await listen('name', createTransport(`${nested}/`));
    } finally {
      process.umask(mask);
    }
    expect(modeOf(nested)).toBe('700');
    expect(modeOf(join(nested, 'name'))).toBe('700');
  });

  test('leaves the mask for new files as it was', async () => {
    const before = process.umask();
    await listen('name');
    expect(process.umask()).toBe(before);
  });

  test('makes an open folder private', async () => {
    chmodSync(folder, 0o755);
    await listen('name');
    expect(modeOf(folder)).toBe('700');
  });

  test('leaves a shared folder such as /tmp as it is, and is private itself', async () => {
    chmodSync(folder, 0o1777);
    const mask = process.umask(0);
    try {
      await listen('name');
    } finally {
      process.umask(mask);
    }
    expect(modeOf(folder)).toBe('1777');
    expect(modeOf(join(folder, 'name'))).toBe('700');
  });

  test('is gone when its listener has closed', async () => {
    await listen('name');
    listeners.pop()?.close();
    expect(readdirSync(folder)).toStrictEqual([]);
  });

  test('with a path that is too long is refused', async () => {
    await expect(createTransport().listen('x'.repeat(120), destroy)).rejects.toEqual(code('ERR_LINK_PATH_TOO_LONG'));
  });

  test('in a folder that is a link is refused, with the reason', async () => {
    mkdirSync(join(folder, 'real'));
    symlinkSync(join(folder, 'real'), join(folder, 'linked'));
    const listening = createTransport(`${folder}/linked/`).listen('name', destroy);
    await expect(listening).rejects.toEqual(code('ERR_LINK_LISTEN'));
    await expect(listening).rejects.toThrow('socketRoot must be a real directory');
  });

  test('in a folder that is a file is refused', async () => {
    writeFileSync(join(folder, 'file'), '');
    const listening = createTransport(`${folder}/file/`).listen('name', destroy);
    await expect(listening).rejects.toEqual(code('ERR_LINK_LISTEN'));
  });

  test('does not replace a file, which is left as it is', async () => {
    writeFileSync(join(folder, 'precious'), 'data');
    const listening = createTransport().listen('precious', destroy);
    await expect(listening).rejects.toEqual(code('ERR_LINK_LISTEN'));
    await expect(listening).rejects.toThrow('is not a socket');
    expect(readdirSync(folder)).toStrictEqual(['precious']);
    expect(statSync(join(folder, 'precious')).size).toBe(4);
  });

  test('does not replace a folder', async () => {
    mkdirSync(join(folder, 'sub'));
    await expect(createTransport().listen('sub', destroy)).rejects.toEqual(code('ERR_LINK_LISTEN'));
    expect(readdirSync(folder)).toStrictEqual(['sub']);
  });
});

describe('a name', () => {
  test('that a live process listens under is taken', async () => {
    notInWine('secondListener');
    const owner = startPeer({ name: 'mine', socketRoot: `${folder}/`, options: { appspace: '' } });
    await owner.take('ready');
    const listening = createTransport().listen('mine', destroy);
    await expect(listening).rejects.toEqual(code('ERR_LINK_NAME_TAKEN'));
    await expect(listening).rejects.toThrow("A running process already listens as 'mine'");
    // The owner is none the worse, and saw no error.
    owner.tell({ call: 'send', args: ['mine', { still: 'here' }] });
    expect(await owner.take('done')).toMatchObject({ result: { echo: { still: 'here' } } });
    expect(owner.notes.filter(({ event }) => event === 'error')).toStrictEqual([]);
  });

  test.each([
    ['one/x', 'one-x'],
    ['one%2Fx', 'one/x'],
    ['x', 'x.'],
    ['x', 'x '],
  ])('at %s is another one than at %s', async (...paths) => {
    const arrived: string[] = [];
    for (const path of paths) {
      const { socketRoot, name } = splitPath(path);
      listeners.push(
        await createTransport(socketRoot).listen(name, (stream) => {
          arrived.push(path);
          stream.destroy();
        }),
      );
    }
    for (const path of paths) {
      const { socketRoot, name } = splitPath(path);
      const stream = await createTransport(socketRoot).connect(name, new AbortController().signal);
      await new Promise<Error | undefined>((close) => stream.open({ data: () => {}, drain: () => {}, close }));
    }
    expect(arrived).toStrictEqual(paths);
  });

  test('that is in use on Windows is taken: no dead process is behind a pipe', async () => {
    const inUse = Object.assign(new Error('listen EADDRINUSE'), { code: 'EADDRINUSE' });
    const listening = vi.spyOn(Server.prototype, 'listen').mockImplementation(function (this: Server) {
      this.emit('error', inUse);
      return this;
    });
    stubPlatform('win32');
    await expect(createTransport().listen('name', destroy)).rejects.toEqual(code('ERR_LINK_NAME_TAKEN'));
    // Not once more, after a stale socket was looked for.
    expect(listening).toHaveBeenCalledOnce();
  });

  test.for(['a', 'name', 'a-name-that-is-longer'])(
    'that a dead process left behind is free again: %s',
    async (name) => {
      onlyUnix('socketFiles');
      const owner = startPeer({ name, socketRoot: `${folder}/`, options: { appspace: '' } });
      await owner.take('ready');
      owner.kill('SIGKILL');
      await owner.exit();
      expect(readdirSync(folder)).toStrictEqual([name]);
      await listen(name);
      expect(readdirSync(folder)).toStrictEqual([name]);
    },
  );
});

describe('an attempt to connect', () => {
  test('is given up when its signal is aborted', async () => {
    await listen('name');
    const controller = new AbortController();
    const attempt = createTransport().connect('name', controller.signal);
    controller.abort();
    await expect(attempt).rejects.toEqual(code('ERR_LINK_CONNECT'));
  });

  test('is given up at the abort although its socket waits on, as for a busy pipe', async () => {
    const socket = new BusySocket();
    vi.spyOn(net, 'connect').mockReturnValueOnce(socket);
    onTestFinished(() => socket.close());
    const controller = new AbortController();
    const attempt = createTransport().connect('name', controller.signal);
    controller.abort();
    await expect(attempt).rejects.toEqual(code('ERR_LINK_CONNECT'));
    await expect(attempt).rejects.toThrow('aborted');
    expect([socket.destroyed, socket.closed]).toStrictEqual([true, false]);
  });

  test('is not made for a signal that is aborted already', async () => {
    await listen('name');
    const connect = vi.spyOn(net, 'connect');
    await expect(createTransport().connect('name', AbortSignal.abort())).rejects.toEqual(code('ERR_LINK_CONNECT'));
    expect(connect).not.toHaveBeenCalled();
  });

  test('to a path that is too long is refused', async () => {
    const attempt = async (): Promise<unknown> =>
      createTransport().connect('x'.repeat(255), new AbortController().signal);
    await expect(attempt()).rejects.toEqual(code('ERR_LINK_PATH_TOO_LONG'));
  });

  test('says where it went and why it failed', async () => {
    const attempt = createTransport().connect('nobody', new AbortController().signal);
    await expect(attempt).rejects.toThrow(
      `connectTo('nobody'): no connection to ${toAddress(`${folder}/nobody`)}: connect ENOENT`,
    );
  });
});
