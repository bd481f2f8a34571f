import { describe, expect, test } from 'vitest';
import { folderName, splitPath, visibleName } from '../../../src/renderer/src/format/path.ts';

describe('splitPath', () => {
  test('cuts at the last slash', () => {
    expect(splitPath('src/run/use-run.ts')).toEqual({ folders: 'src/run/', name: 'use-run.ts' });
  });
  test('a bare name has no folders', () => expect(splitPath('README')).toEqual({ folders: '', name: 'README' }));
  test('a backslash is part of a name where slashes separate', () => {
    expect(splitPath('src/odd\\name')).toEqual({ folders: 'src/', name: 'odd\\name' });
  });
  test('a backslash separates in a Windows path', () => {
    expect(splitPath('C:\\Users\\ada')).toEqual({ folders: 'C:\\Users\\', name: 'ada' });
    expect(splitPath('\\\\server\\share\\ada')).toEqual({ folders: '\\\\server\\share\\', name: 'ada' });
  });
});

describe('folderName', () => {
  test.each([
    ['/home/ada/src', 'src'],
    ['/home/ada/src/', 'src'],
    ['/', '/'],
    ['C:\\Users\\ada\\', 'ada'],
    ['C:\\', 'C:'],
  ])('%s is known as %s', (path, name) => expect(folderName(path)).toBe(name));
});

describe('visibleName', () => {
  test('leaves an ordinary name alone', () => expect(visibleName('naïve 文件.txt')).toBe('naïve 文件.txt'));
  test('shows control characters', () => expect(visibleName('a\nb\tc\u001bd\u007f')).toBe('a↵b⇥c␛d␡'));
  test('disarms characters that turn the reading direction', () => {
    expect(visibleName('photo\u202egpj.exe')).toBe('photo\ufffdgpj.exe');
  });
});
