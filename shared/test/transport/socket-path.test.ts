import { describe, expect, test } from 'vitest';
import { toAddress, toNodeIpcPath } from '../../src/transport/socket-path.ts';
import { code } from '../support/code.ts';

describe.each([
  ['linux', 107],
  ['darwin', 103],
] as const)('a socket path on %s', (platform, limit) => {
  test('that fits is left as it is', () => {
    const path = 'x'.repeat(limit);
    expect(toAddress(path, platform)).toBe(path);
    expect(toNodeIpcPath(path)).toBe(path);
  });

  test('that is too long is refused with its length and the limit', () => {
    expect(() => toAddress('x'.repeat(limit + 1), platform)).toThrow(code('ERR_LINK_PATH_TOO_LONG'));
    expect(() => toAddress('x'.repeat(limit + 1), platform)).toThrow(
      `takes ${limit + 1} bytes and this system allows ${limit}`,
    );
  });

  test('is counted in bytes, not in characters', () => {
    expect(() => toAddress('ä'.repeat(limit - 20), platform)).toThrow(code('ERR_LINK_PATH_TOO_LONG'));
  });
});

describe('a pipe', () => {
  const pipeOf = (path: string): string => toAddress(path, 'win32');

  test.each([
    ['ipc-link-0123-host', '\\\\.\\pipe\\ipc-link-0123-host'],
    ['/node-ipc-me/app.main', '\\\\.\\pipe\\%2Fnode-ipc-me%2Fapp.main'],
    ['C:\\Users\\me\\100%\\main', '\\\\.\\pipe\\C:%2FUsers%2Fme%2F100%25%2Fmain'],
    ['name. ', '\\\\.\\pipe\\name.%20'],
    ['\\\\.\\pipe\\app-main', '\\\\.\\pipe\\app-main'],
    ['//?/PIPE/app-main', '\\\\.\\pipe\\app-main'],
  ])('at %s has the name %s', (path, pipe) => {
    expect(pipeOf(path)).toBe(pipe);
    expect(toNodeIpcPath(pipe)).toBe(pipe.slice('\\\\.\\pipe\\'.length));
  });

  test('is another one for every other path', () => {
    const paths = [
      'C:/one/x',
      'C:/one-x',
      'C:/one%2Fx',
      '/one/x',
      'one/x',
      'one-x',
      'x',
      'x.',
      'x%2E',
      'x ',
      '/./x',
      '/x',
    ];
    expect(new Set(paths.map(pipeOf)).size).toBe(paths.length);
  });

  test('is the same one whichever slash the path has', () => {
    expect(pipeOf('C:\\one\\x')).toBe(pipeOf('C:/one/x'));
  });

  test('with a name that is longer than Windows allows is refused with its length and the limit', () => {
    expect(pipeOf('x'.repeat(247))).toHaveLength(256);
    expect(() => pipeOf('x'.repeat(248))).toThrow(code('ERR_LINK_PATH_TOO_LONG'));
    expect(() => pipeOf('x'.repeat(248))).toThrow('a name of 257 characters and Windows allows 256');
  });
});
