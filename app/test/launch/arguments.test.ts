import { describe, expect, test } from 'vitest';

import { parseInvocation } from '../../src/launch/arguments.ts';

const parse = (...args: string[]) => parseInvocation(args, '/home/alice');

describe('what the user asked for', () => {
  test('no argument opens the window', () => {
    expect(parse()).toEqual({ kind: 'window' });
  });

  test.each([['--help'], ['-h'], ['checksum', '--help'], ['search', 'a', '--help', '--bogus']])(
    '%s asks for help',
    (...args) => {
      expect(parse(...args)).toEqual({ kind: 'help' });
    },
  );

  test('a pattern after -- is no question for help', () => {
    expect(parse('search', 'src', '--', '--help')).toMatchObject({ command: { pattern: '--help' } });
  });

  test('checksum takes its folder from where the user called, sha256 by default', () => {
    expect(parse('checksum', 'src')).toEqual({
      kind: 'command',
      command: { command: 'checksum', root: '/home/alice/src', algorithm: 'sha256' },
    });
  });

  test('checksum takes an algorithm, a file for the manifest and a summary', () => {
    expect(parse('checksum', '/data', '--algorithm', 'sha512', '--output=m.txt', '--summary')).toEqual({
      kind: 'command',
      command: { command: 'checksum', root: '/data', algorithm: 'sha512', output: '/home/alice/m.txt', summary: true },
    });
  });

  test('search is for literal text unless told otherwise', () => {
    expect(parse('search', '.', 'a b')).toEqual({
      kind: 'command',
      command: { command: 'search', root: '/home/alice', pattern: 'a b', regex: false, ignoreCase: false },
    });
    expect(parse('search', '.', '^a', '--regex', '--ignore-case')).toMatchObject({
      command: { regex: true, ignoreCase: true },
    });
  });

  test('a pattern that looks like an option follows --', () => {
    expect(parse('search', '.', '--', '-x')).toMatchObject({ command: { pattern: '-x' } });
  });
});

describe('what is refused', () => {
  test.each([
    [['chekcsum', 'a'], 'There is no command "chekcsum".'],
    [['--window'], 'There is no command "--window".'],
    [['checksum'], 'DIR is missing.'],
    [['checksum', ''], 'DIR is missing.'],
    [['checksum', 'a', 'b'], '"b" is one argument too many.'],
    [['checksum', 'a', '--algorithm', 'md5'], '--algorithm is sha256 or sha512, not "md5".'],
    [['checksum', 'a', '--output='], '--output needs the name of a file.'],
    [['checksum', 'a', '--summary'], '--summary needs --output'],
    [['checksum', 'a', '--regex'], "Unknown option '--regex'"],
    [['search', 'a'], 'PATTERN is missing.'],
    [['search', 'a', 'b', 'c'], '"c" is one argument too many.'],
    [['search', 'a', 'b', '--output', 'c'], "Unknown option '--output'"],
    [['search', 'a', 'x'.repeat(65_537)], 'PATTERN is longer than 65536 bytes.'],
  ])('%s', (args, problem) => {
    expect(() => parse(...args)).toThrow(
      expect.objectContaining({ code: 'ERR_LAUNCH_USAGE', message: expect.stringContaining(problem) }),
    );
  });
});
