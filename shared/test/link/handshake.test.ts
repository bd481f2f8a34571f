import { describe, expect, test } from 'vitest';
import {
  type Agreement,
  answerHello,
  answerWelcome,
  checkConfirmation,
  createHello,
  type Identity,
} from '../../src/link/handshake.ts';
import { code } from '../support/code.ts';
import { createIdentity } from '../support/raw-peer.ts';

const alice = createIdentity('alice');
const bob = createIdentity('bob');

/** As it arrives: through JSON. */
function overWire<Value>(value: Value): unknown {
  return JSON.parse(JSON.stringify(value));
}

/** The whole handshake. @returns What each side agreed to, the connecting side first. */
function shakeHands(client: Identity, server: Identity, expectedName = server.name): [Agreement, Agreement] {
  const hello = createHello(client);
  const offer = answerHello(server, overWire(hello));
  const { confirmation, agreement } = answerWelcome(client, overWire(offer.welcome), { hello, expectedName });
  return [agreement, checkConfirmation(server, overWire(confirmation), offer)];
}

describe('a handshake', () => {
  test('tells each side who the other is and what it takes', () => {
    const [mine, theirs] = shakeHands(alice, { ...bob, maxFrameBytes: 5_000, streamWindow: 7 });
    expect(mine).toStrictEqual({
      peerName: 'bob',
      peerInstance: bob.instance,
      codec: 'msgpack',
      peerMaxFrameBytes: 5_000,
      peerStreamWindow: 7,
      peerFeatures: new Set(['ended', 'refused']),
    });
    expect(theirs).toMatchObject({ peerName: 'alice', peerInstance: alice.instance, codec: 'msgpack' });
  });

  test('uses the features that both sides list, and none with a side of the first edition', () => {
    const { features: _, ...first } = createHello(alice);
    const agreed = (hello: object): unknown => {
      const offer = answerHello(bob, overWire(hello));
      return checkConfirmation(bob, {}, offer).peerFeatures;
    };
    expect(agreed({ ...first, features: ['refused', 'from the future'] })).toStrictEqual(new Set(['refused']));
    expect(agreed(first)).toStrictEqual(new Set());
  });

  test('settles on the first codec of the listening side that the other knows', () => {
    const agreed = (mine: Identity['codecs'], theirs: Identity['codecs']): string[] =>
      shakeHands({ ...alice, codecs: mine }, { ...bob, codecs: theirs }).map(({ codec }) => codec);
    expect(agreed(['msgpack', 'json'], ['json', 'msgpack'])).toStrictEqual(['json', 'json']);
    expect(agreed(['json'], ['msgpack', 'json'])).toStrictEqual(['json', 'json']);
    expect(() => agreed(['json'], ['msgpack'])).toThrow(code('ERR_LINK_CODEC'));
  });

  test('uses a new nonce each time', () => {
    expect(createHello(alice).nonce).not.toBe(createHello(alice).nonce);
  });
});

describe('a secret', () => {
  const secret = Buffer.alloc(32, 7);

  test('that both hold lets them in, as text or as bytes', () => {
    expect(shakeHands({ ...alice, secret }, { ...bob, secret })).toHaveLength(2);
    expect(shakeHands({ ...alice, secret: 'text' }, { ...bob, secret: Buffer.from('text') })).toHaveLength(2);
  });

  test.each<readonly [string, Identity['secret'], Identity['secret']]>([
    ['differs', Buffer.alloc(32, 1), Buffer.alloc(32, 2)],
    ['is missing on the connecting side', undefined, secret],
    ['is missing on the listening side', secret, undefined],
  ])('that %s keeps them apart', (_name, mine, theirs) => {
    expect(() => shakeHands({ ...alice, secret: mine }, { ...bob, secret: theirs })).toThrow(code('ERR_LINK_AUTH'));
  });

  test('is checked by the listening side too', () => {
    const hello = createHello(alice);
    const offer = answerHello({ ...bob, secret }, overWire(hello));
    for (const confirmation of [{}, { proof: 5 }, { proof: '' }, { proof: offer.welcome.proof }]) {
      expect(() => checkConfirmation({ ...bob, secret }, confirmation, offer)).toThrow(code('ERR_LINK_AUTH'));
    }
  });

  test("can't be proven with what was said in another handshake", () => {
    const identity = { ...alice, secret };
    const hello = createHello(identity);
    const old = answerHello({ ...bob, secret }, overWire(hello));
    const fresh = createHello(identity);
    expect(() => answerWelcome(identity, overWire(old.welcome), { hello: fresh, expectedName: 'bob' })).toThrow(
      code('ERR_LINK_AUTH'),
    );
  });

  test('covers the names', () => {
    const identity = { ...alice, secret };
    const hello = createHello(identity);
    const { welcome } = answerHello(
      { ...bob, secret },
      { ...createHello(identity), ...(overWire({ name: 'mallory' }) as object) },
    );
    expect(() => answerWelcome(identity, overWire(welcome), { hello, expectedName: 'bob' })).toThrow(
      code('ERR_LINK_AUTH'),
    );
  });

  test('never travels', () => {
    const text = 'the secret itself';
    const hello = createHello({ ...alice, secret: text });
    const { welcome } = answerHello({ ...bob, secret: text }, overWire(hello));
    expect(JSON.stringify([hello, welcome])).not.toContain(text);
  });
});

describe('what does not fit is refused', () => {
  test.each([
    ['an older protocol', { protocol: [0] }],
    ['a newer protocol', { protocol: [2, 3] }],
    ['no protocol', { protocol: [] }],
  ])('%s, with both versions in the sentence', (_name, change) => {
    expect(() => answerHello(bob, { ...createHello(alice), ...change })).toThrow(code('ERR_LINK_VERSION'));
    expect(() => answerHello(bob, { ...createHello(alice), ...change })).toThrow("'alice' speaks protocol version");
  });

  test('an older welcome', () => {
    const hello = createHello(alice);
    const { welcome } = answerHello(bob, overWire(hello));
    expect(() => answerWelcome(alice, { ...welcome, protocol: 0 }, { hello, expectedName: 'bob' })).toThrow(
      code('ERR_LINK_VERSION'),
    );
  });

  test('a codec that was never offered', () => {
    const hello = createHello(alice);
    const { welcome } = answerHello(bob, overWire(hello));
    expect(() => answerWelcome(alice, { ...welcome, codec: 'xml' }, { hello, expectedName: 'bob' })).toThrow(
      code('ERR_LINK_CODEC'),
    );
  });

  test('another name than the one connected to', () => {
    expect(() => shakeHands(alice, bob, 'carol')).toThrow(code('ERR_LINK_AUTH'));
    expect(() => shakeHands(alice, bob, 'carol')).toThrow("connectTo('carol'): the process that answered calls itself");
  });

  const hello = createHello(alice);
  test.each<readonly [string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'hello'],
    ['a list', []],
    ['an empty object', {}],
    ['no name', { ...hello, name: undefined }],
    ['an empty name', { ...hello, name: '' }],
    ['a name with a slash', { ...hello, name: '../etc' }],
    ['a name with a zero', { ...hello, name: 'a\0b' }],
    ['a name that is too long', { ...hello, name: 'x'.repeat(256) }],
    ['a name that is a number', { ...hello, name: 5 }],
    ['no nonce', { ...hello, nonce: '' }],
    ['a short nonce', { ...hello, nonce: 'short' }],
    ['a nonce of other letters', { ...hello, nonce: 'ä'.repeat(32) }],
    ['no instance', { ...hello, instance: undefined }],
    ['protocols that are text', { ...hello, protocol: ['1'] }],
    ['codecs that are numbers', { ...hello, codecs: [1] }],
    ['a limit of 0', { ...hello, maxFrameBytes: 0 }],
    ['a limit that is text', { ...hello, maxFrameBytes: '5' }],
    ['a limit that is a fraction', { ...hello, streamWindow: 0.5 }],
  ])('a hello that has or is %s', (_name, body) => {
    expect(() => answerHello(bob, body)).toThrow(code('ERR_LINK_PROTOCOL'));
  });
});
