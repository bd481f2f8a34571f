import { expect, test } from 'vitest';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';
import { EngineMessages, readFailure } from '../../../src/files/search/messages.ts';

function read(...chunks: readonly string[]) {
  const messages = new EngineMessages();
  const complaints = [...chunks.flatMap((chunk) => [...messages.push(Buffer.from(chunk))]), ...messages.end()];
  return { complaints: complaints.map(String), binaryFiles: messages.binaryFiles };
}

const DEBUG = 'rg: DEBUG|grep_printer::standard|standard.rs:830: ignoring';

test('complaints are told from what the engine says for debugging, and binary files counted', () => {
  expect(
    read(
      `${DEBUG} ./a: found binary data at offset 1\nrg: ./b: Permission denied (os error 13)\n`,
      `${DEBUG} ./c\nd: found binary data at offset 7\nrg: ./e\nf: Permission denied (os error 13)\n`,
    ),
  ).toEqual({
    complaints: ['./b: Permission denied (os error 13)', './e\nf: Permission denied (os error 13)'],
    binaryFiles: 2,
  });
});

test('what a complaint says of one file', () => {
  onlyUnix('codes');
  expect(readFailure('./a: b: Permission denied (os error 13)')).toEqual({
    type: 'failure',
    path: 'a: b',
    code: 'EACCES',
    reason: 'permission denied',
  });
  expect(readFailure('./a: IO error for operation on ./a: Permission denied (os error 13)')?.path).toBe('a');
  expect(readFailure('./a: PCRE2: error matching: match limit exceeded')).toMatchObject({
    path: 'a',
    code: 'EPATTERN',
  });
  expect(readFailure('unrecognized file type: x')).toBeUndefined();
});
