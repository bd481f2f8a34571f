import { expect, test } from 'vitest';
import { LAUNCH_MESSAGE, readLaunchMessage } from '../../src/contract/launch-info.ts';

const info = { socketRoot: '/tmp/x/', host: 'host', name: 'files-1', secret: 'c2VjcmV0' };

test('a launch message gives its info, and nothing that is not part of it', () => {
  expect(readLaunchMessage({ type: LAUNCH_MESSAGE, info: { ...info, more: 1 } })).toStrictEqual(info);
});

test('a host on another machine needs no folder of sockets, and every part of its address', () => {
  const tls = { host: '10.0.0.5', port: 7400, servername: 'app', ca: 'CA', cert: 'CERT', key: 'KEY' };
  const remote = { ...info, socketRoot: '', tls };
  expect(readLaunchMessage({ type: LAUNCH_MESSAGE, info: remote })).toStrictEqual(remote);
  for (const part of Object.keys(tls)) {
    const broken = { ...remote, tls: { ...tls, [part]: undefined } };
    expect(readLaunchMessage({ type: LAUNCH_MESSAGE, info: broken })).toBeNull();
  }
  expect(readLaunchMessage({ type: LAUNCH_MESSAGE, info: { ...remote, tls: 'elsewhere' } })).toBeNull();
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
