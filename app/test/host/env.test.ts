import { expect, test } from 'vitest';
import { reduceEnvironment } from '../../src/host/env.ts';

test('a sidecar inherits what programs need and no secrets or switches', () => {
  const source = {
    PATH: '/bin',
    HOME: '/home/a',
    LC_ALL: 'C',
    TZ: 'UTC',
    NODE_OPTIONS: '--inspect',
    GITHUB_TOKEN: 'x',
    HTTPS_PROXY: 'http://u:p@h',
  };
  expect(reduceEnvironment(source, {}, 'linux')).toEqual({ PATH: '/bin', HOME: '/home/a', LC_ALL: 'C', TZ: 'UTC' });
});

test('what the caller adds wins, and undefined takes away', () => {
  const source = { PATH: '/bin', LANG: 'C' };
  expect(reduceEnvironment(source, { PATH: '/opt/bin', LANG: undefined, API_KEY: 'k' }, 'linux')).toEqual({
    PATH: '/opt/bin',
    API_KEY: 'k',
  });
});

test('names ignore case on Windows, and only there', () => {
  const source = { Path: 'C:\\bin', SystemRoot: 'C:\\Windows' };
  expect(reduceEnvironment(source, {}, 'win32')).toEqual(source);
  expect(reduceEnvironment(source, { PATH: 'D:\\bin' }, 'win32')).toEqual({
    PATH: 'D:\\bin',
    SystemRoot: 'C:\\Windows',
  });
  expect(reduceEnvironment(source, {}, 'linux')).toEqual({});
});
