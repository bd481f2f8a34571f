import { describe, expect, test } from 'vitest';
import { checkSocketPath } from '../../src/transport/socket-path.ts';
import { code } from '../support/code.ts';

const limit = process.platform === 'linux' ? 107 : 103;

describe.skipIf(process.platform === 'win32')('a socket path', () => {
  test('that fits is left as it is', () => {
    expect(checkSocketPath('x'.repeat(limit))).toBe('x'.repeat(limit));
  });

  test('that is too long is refused with its length and the limit', () => {
    expect(() => checkSocketPath('x'.repeat(limit + 1))).toThrow(code('ERR_LINK_PATH_TOO_LONG'));
    expect(() => checkSocketPath('x'.repeat(limit + 1))).toThrow(
      `takes ${limit + 1} bytes and this system allows ${limit}`,
    );
  });

  test('is counted in bytes, not in characters', () => {
    expect(() => checkSocketPath('ä'.repeat(limit - 20))).toThrow(code('ERR_LINK_PATH_TOO_LONG'));
  });
});
