import { expect, test } from 'vitest';
import { goodbyeError } from '../../src/link/handshake-errors.ts';

test('a goodbye with a code of the link brings its error', () => {
  expect(goodbyeError({ code: 'ERR_LINK_OVERLOADED', message: 'Too much.' })).toMatchObject({
    code: 'ERR_LINK_OVERLOADED',
    message: 'Too much.',
  });
  expect(goodbyeError({ code: 'ERR_LINK_OF_A_NEWER_VERSION' })).toMatchObject({ code: 'ERR_LINK_OF_A_NEWER_VERSION' });
});

test.each([{}, null, 'text', { code: 1 }, []])('%j is a goodbye without an error', (body) => {
  expect(goodbyeError(body)).toBeNull();
});

test.each(['ERR_LINK_TIMEOUT', 'ERR_LINK_PEER_LOST', 'ERR_LINK_NO_HANDLER', 'ERR_LINK_INVALID_ARGUMENT'])(
  'the code %j is what this side says about its own calls: no goodbye can take it on',
  (code) => {
    expect(goodbyeError({ code, message: 'hello' })).toMatchObject({
      code: 'ERR_LINK_PROTOCOL',
      message: expect.stringContaining(code),
    });
  },
);

test.each(['ERR_X', 'ENOENT', '', 'ERR_LINK_', 'ERR_LINK_lower', `ERR_LINK_${'A'.repeat(1_000)}`])(
  'the code %j is not taken over: callers would meet codes that nobody documents',
  (code) => {
    expect(goodbyeError({ code, message: 'hello' })).toMatchObject({ code: 'ERR_LINK_PROTOCOL' });
  },
);
