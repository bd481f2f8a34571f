import { describe, expect, test } from 'vitest';
import { concernsFolder, describeRunError } from '../../../src/renderer/src/run/error-text.ts';
import { isAbortError, toRunError } from '../../../src/renderer/src/run/run-error.ts';

const coded = (code: string, message: string): Error => Object.assign(new Error(message), { code });

describe('toRunError', () => {
  test.each([
    ['ENOENT', 'folder-missing'],
    ['ENOTDIR', 'folder-missing'],
    ['EACCES', 'no-permission'],
    ['EPERM', 'no-permission'],
    ['ERR_SIDECAR_CRASHED', 'sidecar-crashed'],
    ['ERR_INVALID_PATTERN', 'invalid-pattern'],
    ['ERR_LINK_TIMEOUT', 'other'],
  ])('%s is told as %s', (code, kind) => {
    expect(toRunError(coded(code, 'why'))).toEqual({ kind, code, message: 'why' });
  });
  test('an error without a code keeps its message', () => {
    expect(toRunError(new Error('why'))).toEqual({ kind: 'other', code: undefined, message: 'why' });
  });
  test('a thrown string is the message', () => expect(toRunError('why').message).toBe('why'));
  test.each([undefined, null, 7, {}, new Error('')])('always has something to say: %s', (thrown) => {
    expect(toRunError(thrown).message).toBe('The task failed without saying why.');
  });
  test('what Electron puts before a message is left out', () => {
    const error = new Error("Error invoking remote method 'folder:drop': TypeError: notes.txt is a file.");
    expect(toRunError(error).message).toBe('notes.txt is a file.');
  });
  test('a code that is not a text is no code', () => {
    expect(toRunError(Object.assign(new Error('why'), { code: 7 })).code).toBeUndefined();
  });
});

describe('isAbortError', () => {
  test('goes by the name', () => {
    expect(isAbortError(new DOMException('stop', 'AbortError'))).toBe(true);
    expect(isAbortError({ name: 'AbortError' })).toBe(true);
    expect(isAbortError(new Error('AbortError'))).toBe(false);
    expect(isAbortError(undefined)).toBe(false);
  });
});

describe('describeRunError', () => {
  const texts = ['ENOENT', 'EACCES', 'ERR_SIDECAR_CRASHED', 'ERR_LINK_TIMEOUT'].map((code) =>
    describeRunError(toRunError(coded(code, `${code}: what the system said`)), '/home/ada/photos'),
  );

  test('each kind has a title, says what to do and keeps the original words', () => {
    expect(texts).toMatchInlineSnapshot(`
      [
        {
          "advice": "/home/ada/photos was moved, renamed or deleted, or its drive was disconnected. Put it back and run again, or choose another folder.",
          "detail": "ENOENT: what the system said",
          "title": "This folder is no longer there",
        },
        {
          "advice": "Your account may not open /home/ada/photos. Change its permissions and run again, or choose another folder.",
          "detail": "EACCES: what the system said",
          "title": "No permission to read this folder",
        },
        {
          "advice": "The process that does the work ended in the middle of it. It restarts by itself; you can run again now.",
          "detail": "ERR_SIDECAR_CRASHED: what the system said",
          "title": "The sidecar stopped unexpectedly",
        },
        {
          "advice": "ERR_LINK_TIMEOUT: what the system said",
          "detail": "ERR_LINK_TIMEOUT",
          "title": "The task failed",
        },
      ]
    `);
  });
  test('a detail that only names the same folder again is left out', () => {
    const error = toRunError(coded('ENOENT', "There is no folder at '/home/ada/photos'."));
    expect(describeRunError(error, '/home/ada/photos').detail).toBeUndefined();
  });
  test('another folder is a way out of trouble with the folder only', () => {
    expect(concernsFolder(toRunError(coded('ENOENT', '')))).toBe(true);
    expect(concernsFolder(toRunError(coded('EACCES', '')))).toBe(true);
    expect(concernsFolder(toRunError(coded('ERR_SIDECAR_CRASHED', '')))).toBe(false);
  });
});
