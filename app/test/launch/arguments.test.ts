import { describe, expect, test } from 'vitest';

import { parseInvocation, USAGE } from '../../src/launch/arguments.ts';

const FOLDER = '/home/alice';
const parse = (...args: string[]) => parseInvocation(args, { folder: FOLDER });
const command = (...args: string[]): unknown => {
  const invocation = parse(...args);
  return invocation.kind === 'command' ? invocation.command : invocation;
};

describe('what the user asked for', () => {
  test('no argument opens the window', () => {
    expect(parse()).toEqual({ kind: 'window' });
  });

  test.each([['--help'], ['-h']])('%s asks for help', (...args) => {
    expect(parse(...args)).toEqual({ kind: 'help', text: USAGE });
  });

  test.each([
    ['checksum', '--algorithm', ['checksum', '--help']],
    ['checksum', '1 something failed', ['checksum', '-h']],
    ['search', '--max-columns-preview', ['search', 'a', '--help', '--bogus']],
    ['thumbnails', '--no-recursive', ['thumbnails', '--help']],
    ['search', '1 nothing found, 2 something failed', ['search', '--help']],
  ])('the help of %s has %s', (_name, text, args) => {
    expect(parse(...args)).toEqual({ kind: 'help', text: expect.stringContaining(text) });
  });

  test('a pattern after -- is no question for help', () => {
    expect(command('search', 'src', '--', '--help')).toMatchObject({ pattern: ['--help'] });
  });

  test('checksum takes paths as they are given, sha256 by default', () => {
    expect(command('checksum', 'src', '/b')).toEqual({
      command: 'checksum',
      folder: FOLDER,
      paths: ['src', '/b'],
      algorithms: ['sha256'],
    });
  });

  test('checksum takes algorithms, a file for the manifest and a summary', () => {
    const args = ['checksum', '/data', '--algorithm', 'sha512', '-a', 'md5', '--output=m.txt', '--summary', '--tag'];
    expect(command(...args)).toEqual({
      command: 'checksum',
      folder: FOLDER,
      paths: ['/data'],
      algorithms: ['sha512', 'md5'],
      output: '/home/alice/m.txt',
      summary: true,
      tag: true,
    });
  });

  test('checksum compares with a manifest', () => {
    expect(command('checksum', '--check', 'm', '--quiet', '--ignore-missing', '-a', 'blake3')).toEqual({
      command: 'verify',
      folder: FOLDER,
      paths: [],
      manifest: '/home/alice/m',
      algorithm: 'blake3',
      quiet: true,
      ignoreMissing: true,
    });
    expect(command('checksum', 'dir', '-c', '/m', '--strict', '-w', '--status')).toMatchObject({
      paths: ['dir'],
      strict: true,
      warn: true,
      status: true,
    });
  });

  test('thumbnails takes a folder, and one to write to', () => {
    expect(command('thumbnails', 'photos', '--out', 'small')).toEqual({
      command: 'thumbnails',
      folder: FOLDER,
      paths: ['photos'],
      out: '/home/alice/small',
    });
    const args = ['thumbnails', '/p', '-o', '/s', '--size', '512', '--no-recursive', '--overwrite'];
    expect(command(...args)).toMatchObject({ out: '/s', size: 512, recursive: false, overwrite: true });
  });

  test('search is for literal text unless told otherwise', () => {
    expect(command('search', '.', 'a b')).toEqual({
      command: 'search',
      folder: FOLDER,
      paths: ['.'],
      pattern: ['a b'],
      regex: false,
      options: {},
      print: {},
      color: 'auto',
    });
    expect(command('search', '.', '^a', '--regex', '--ignore-case')).toMatchObject({
      regex: true,
      options: { ignoreCase: true },
    });
  });

  test('search has the options of ripgrep, by their names', () => {
    const args = ['-iwv', '-g', '*.ts', '-g', '!x', '-t', 'js', '-C2', '-A', '3', '--no-ignore', '--hidden', '-d1'];
    expect(
      command('search', 'a', 'b', 'x', ...args, '-0', '-M', '80', '--max-columns-preview', '-N', '--json'),
    ).toEqual({
      command: 'search',
      folder: FOLDER,
      paths: ['a', 'b'],
      pattern: ['x'],
      regex: false,
      options: {
        ignoreCase: true,
        wordRegexp: true,
        invertMatch: true,
        glob: ['*.ts', '!x'],
        type: ['js'],
        beforeContext: 2,
        afterContext: 3,
        noIgnore: true,
        hidden: true,
        maxDepth: 1,
      },
      print: { null: true, maxColumns: 80, maxColumnsPreview: true, noLineNumber: true, json: true },
      color: 'auto',
    });
  });

  test('with -e, all that is no option is a path', () => {
    expect(command('search', 'a', 'b', '-e', 'x', '--regexp=-y')).toMatchObject({
      paths: ['a', 'b'],
      pattern: ['x', '-y'],
    });
  });

  test('- is a list of paths on stdin', () => {
    expect(command('search', '-', 'x')).toMatchObject({ paths: [], listed: true, pattern: ['x'] });
    expect(command('checksum', 'a', '-')).toMatchObject({ paths: ['a'], listed: true });
  });

  test('a pattern that looks like an option follows --', () => {
    expect(command('search', '.', '--', '-x')).toMatchObject({ pattern: ['-x'] });
  });

  test('a path that is not UTF-8 is kept as bytes, where they are known', () => {
    const bytes = new Uint8Array([0x61, 0xff]);
    const args = ['checksum', 'a\uFFFD', 'b'];
    const rawArgs = [Buffer.from('checksum'), bytes, Buffer.from('b')];
    expect(parseInvocation(args, { folder: FOLDER, rawArgs })).toMatchObject({ command: { paths: [bytes, 'b'] } });
  });
});

describe('what is refused', () => {
  test.each([
    [['chekcsum', 'a'], 'There is no command "chekcsum".'],
    [['--window'], 'There is no command "--window".'],
    [['checksum'], 'PATH is missing.'],
    [['checksum', ''], 'PATH is missing.'],
    [['checksum', 'a', '--algorithm', 'crc'], 'not "crc".'],
    [['checksum', 'a', '--output='], '--output needs the name of a file.'],
    [['checksum', 'a', '--summary'], '--summary needs --output'],
    [['checksum', 'a', '--quiet'], '--quiet needs --check.'],
    [['checksum', 'a', '--ignore-missing'], '--ignore-missing needs --check.'],
    [['checksum', 'a', 'b', '--check', 'm'], '"b" is one argument too many.'],
    [['checksum', '--check', 'm', '--output', 'x'], "--output can't be used with --check."],
    [['checksum', '--check'], 'argument missing'],
    [['checksum', 'a', '--regex'], "Unknown option '--regex'"],
    [['search', 'a'], 'PATTERN is missing.'],
    [['search'], 'PATH is missing.'],
    [['search', 'a', ''], 'PATTERN is missing.'],
    [['search', 'a', 'b', '--output', 'c'], "Unknown option '--output'"],
    [['search', 'a', 'b', '-A', 'many'], 'It is a whole number.'],
    [['search', 'a', 'b', '--sort', 'size'], 'Allowed choices are none, path'],
    [['search', 'a', 'b', '--pre', 'cat'], "Unknown option '--pre'"],
    [['thumbnails'], 'DIR is missing.'],
    [['thumbnails', 'a'], '--out is missing'],
    [['thumbnails', 'a', 'b', '--out', 'c'], '"b" is one argument too many.'],
    [['thumbnails', '-', '--out', 'c'], 'Name a folder.'],
    [['thumbnails', 'a', '--out', 'c', '--size', '8'], 'It is from 16 to 2048.'],
    [['search', 'a', 'x'.repeat(32_769)], 'PATTERN is longer than 32768 characters.'],
  ])('%s', (args, problem) => {
    expect(() => parse(...args)).toThrow(
      expect.objectContaining({ code: 'ERR_LAUNCH_USAGE', message: expect.stringContaining(problem) }),
    );
  });
});
