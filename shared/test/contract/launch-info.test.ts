import { expect, test } from 'vitest';
import { LAUNCH_MESSAGE, readLaunchMessage } from '../../src/contract/launch-info.ts';

const info = { socketRoot: '/tmp/x/', host: 'host', name: 'files-1', secret: 'c2VjcmV0' };

test('a launch message gives its info, and nothing that is not part of it', () => {
  expect(readLaunchMessage({ type: LAUNCH_MESSAGE, info: { ...info, more: 1 } })).toStrictEqual(info);
});

test.each([
  ['nothing', undefined],
  ['null', null],
  ['text', LAUNCH_MESSAGE],
  ['another message', { type: 'other', info }],
  ['one without info', { type: LAUNCH_MESSAGE }],
  ['one with a part missing', { type: LAUNCH_MESSAGE, info: { ...info, secret: undefined } }],
  ['one with an empty part', { type: LAUNCH_MESSAGE, info: { ...info, host: '' } }],
  ['one with a part that is no text', { type: LAUNCH_MESSAGE, info: { ...info, name: 5 } }],
])('anything else is no launch message: %s', (_name, message) => {
  expect(readLaunchMessage(message)).toBeNull();
});
