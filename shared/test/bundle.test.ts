import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { rolldown } from 'rolldown';
import { describe, expect, onTestFinished, test } from 'vitest';
import { builtInsOnDemand } from '../built-ins-on-demand.mjs';

const run = promisify(execFile);

describe('the node-ipc in the bundle', () => {
  test('loads nothing for connections that a Server never opens', async () => {
    const loaded = await evaluate(`
      const { Server } = await import('ipc-link');
      new Server('name', { autoStart: false });
      console.log(process.moduleLoadList.filter((name) => /NativeModule (net|tls|dgram)$/.test(name)).join());
    `);
    expect(loaded).toBe('NativeModule net');
  });

  test('can be bundled into CommonJS, where import.meta.url is undefined or another require', async () => {
    const code = await bundle("import { IPCModule } from 'node-ipc'; console.log(typeof new IPCModule().connectTo);");
    expect(code).toContain('const require = createRequire()');
    expect(code).not.toContain('import.meta');
    expect(await evaluate(code)).toBe('function');
  });

  test('still has TLS and UDP, once they are used', async () => {
    const code = await bundle(`
      import { createServer } from 'node:net';
      import { IPCModule } from 'node-ipc';
      const ipc = new IPCModule();
      Object.assign(ipc.config, { silent: true, maxRetries: 0, tls: {} });
      const server = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1', () => {
        ipc.connectToNet('id', '127.0.0.1', server.address().port);
        const { socket } = ipc.of.id.on('error', () => {}).on('disconnect', () => server.close());
        const udp = new IPCModule();
        udp.config.silent = true;
        udp.serveNet('127.0.0.1', server.address().port, 'udp4', () => udp.server.stop());
        udp.server.start();
        console.log(socket.constructor.name, udp.server.server.constructor.name);
      });
    `);
    expect(await evaluate(code)).toBe('TLSSocket Socket');
  });
});

test('loading ipc-link opens no stdin', async () => {
  const touched = await evaluate(`
    let isTouched = false;
    Object.defineProperty(process, 'stdin', { enumerable: true, configurable: true, get: () => void (isTouched = true) });
    await import('ipc-link/sidecar');
    console.log(isTouched);
  `);
  expect(touched).toBe('false');
});

async function bundle(program: string): Promise<string> {
  const plugins = [
    {
      name: 'program',
      resolveId: (id: string) => (id === 'program' ? new URL('../program.mjs', import.meta.url).pathname : null),
      load: (id: string) => (id.endsWith('/program.mjs') ? program : null),
    },
    builtInsOnDemand,
  ];
  const made = await rolldown({ input: 'program', platform: 'node', plugins });
  onTestFinished(() => made.close());
  const { output } = await made.generate({ format: 'esm' });
  return output[0].code;
}

/** Runs a module in a process of its own. @returns What it prints. */
async function evaluate(program: string): Promise<string> {
  const args = ['--input-type=module', '--eval', program];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: import.meta.dirname });
  expect(stderr).toBe('');
  return stdout.trim();
}
