import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { IPCModule } from 'node-ipc';
import { describe, expect, test } from 'vitest';
import { MAX_VALUES } from '../../src/envelope/limits.ts';
import { MAX_HANDSHAKE_BYTES } from '../../src/link/handshake.ts';
import { resolveOptions } from '../../src/link/options.ts';
import { readDefault, readDefaults } from '../support/documented.ts';

const root = resolve(import.meta.dirname, '../../..');
const protocol = readFileSync(join(root, 'docs/PROTOCOL.md'), 'utf8');
const limits = /^## Limits$(.*?)^## /ms.exec(protocol)?.[1] ?? '';
const resolved: Readonly<Record<string, unknown>> = { ...resolveOptions({}) };

describe('the docstrings of ServerOptions', () => {
  const documented = readDefaults(join(root, 'shared/src/link/options.ts'), 'ServerOptions');
  /** They are somebody else's to fill in, see below. */
  const open = ['socketRoot', 'appspace', 'secret', 'transport'];

  test('give every option a default', () => {
    expect(Object.keys(documented).toSorted()).toStrictEqual([...Object.keys(resolved), ...open].toSorted());
  });

  test.each(Object.keys(resolved))('%s', (option) => {
    expect(readDefault(documented[option] ?? '')).toStrictEqual(resolved[option]);
  });

  test("appspace is node-ipc's", () => {
    expect(readDefault(documented['appspace'] ?? '')).toBe(new IPCModule().config.appspace);
  });
});

describe('docs/PROTOCOL.md', () => {
  test.each(['handshakeTimeout', 'maxFrameBytes', 'frameTimeout', 'maxInFlight', 'maxWriteBytes', 'maxConnections'])(
    'the limit %s',
    (option) => {
      const cell = new RegExp(`^\\|[^|]*\\| *([^|]*\`${option}\`[^|]*)`, 'm').exec(limits)?.[1] ?? '';
      expect(readDefault(cell.replace(`\`${option}\``, ''))).toBe(resolved[option]);
    },
  );

  test.each([
    ['heartbeat', /silent for `heartbeat` \((.*?)\)/],
    ['heartbeatTimeout', /after `heartbeatTimeout` \((.*?)\)/],
    ['frameTimeout', /not complete within its time \((.*?)\)/],
    ['handshakeTimeout', /server's time limit, (.*?) by default/],
  ] as const)('%s in the text', (option, pattern) => {
    expect(readDefault(pattern.exec(protocol)?.[1] ?? '')).toBe(resolved[option]);
  });

  test('what is fixed', () => {
    expect(readDefault(/frame of the handshake *\| `length` ([\d,]+)/.exec(protocol)?.[1] ?? '')).toBe(
      MAX_HANDSHAKE_BYTES,
    );
    expect(readDefault(/values in a body *\| ([\d,]+)/.exec(protocol)?.[1] ?? '')).toBe(MAX_VALUES);
    expect(readDefault(/A body holds at most ([\d,]+) values/.exec(protocol)?.[1] ?? '')).toBe(MAX_VALUES);
  });

  test("the endpoint is node-ipc's", () => {
    const { XDG_RUNTIME_DIR: runtime } = process.env;
    const { socketRoot } = new IPCModule().config;
    expect(protocol).toContain('`$XDG_RUNTIME_DIR/node-ipc/` where that variable is set, else `node-ipc-UID/`');
    expect(socketRoot).toBe(runtime ? `${runtime}/node-ipc/` : join(tmpdir(), `node-ipc-${process.getuid?.()}/`));
    expect(/\| `appspace` *\| `(.*?)`/.exec(protocol)?.[1]).toBe(new IPCModule().config.appspace);
  });
});
