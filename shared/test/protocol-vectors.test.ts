import { createHmac } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { codecs } from '../src/envelope/codecs.ts';
import { HEADER_BYTES, Kind, type Kind as KindNumber, isKind, writeHeader } from '../src/envelope/frame.ts';
import { type Frame, FrameReader } from '../src/envelope/frame-reader.ts';
import {
  answerHello,
  answerWelcome,
  checkConfirmation,
  type Hello,
  type Identity,
  type Welcome,
} from '../src/link/handshake.ts';
import { playClient, playServer } from './protocol-vectors/conversation.ts';
import { bodies, conversations, frames, handshake, values } from './protocol-vectors/files.ts';
import { createValue } from './protocol-vectors/value.ts';
import { bodyBytes, codecNames, decodeBody, hexOf, toBytes } from './support/bodies.ts';

describe.each(codecNames)('values in %s', (codec) => {
  test.each(values)('$name: written as the vector says', ({ value, [codec]: expected }) => {
    const body = codecs[codec].encode(createValue(value));
    expect({ flags: body.flags, body: bodyBytes(body).toString('hex') }).toEqual({
      flags: expected.flags,
      body: expected.body.toString('hex'),
    });
  });

  test.each(values)('$name: read as the vector says', ({ value, [codec]: { flags, body } }) => {
    const decoded = decodeBody(codec, body, flags);
    expect(decoded).toStrictEqual(createValue(value));
    // Comparing leaves out some of what an error holds; writing it again does not.
    expect(bodyBytes(codecs[codec].encode(decoded)).toString('hex')).toBe(body.toString('hex'));
  });
});

test.each(values)('the text of $name stands at the front of its JSON body', ({ json: { body, text = '' } }) => {
  expect(body.subarray(0, Buffer.byteLength(text)).toString()).toBe(text);
});

test.each(bodies.accepted)('$codec body, accepted: $name', ({ codec, flags, body, value }) => {
  expect(decodeBody(codec, body, flags)).toStrictEqual(createValue(value));
});

test.each(bodies.refused)('$codec body, refused: $name', ({ codec, flags, body }) => {
  expect(() => decodeBody(codec, body, flags)).toThrow(expect.objectContaining({ code: 'ERR_LINK_PROTOCOL' }));
});

const LIMIT = 1_000_000;

describe('frames', () => {
  test.each(frames.frames)('$kind $bytes.length: written as the vector says', (frame) => {
    const { number, flags, correlation = 0, body, bytes } = frame;
    const head = Buffer.concat([Buffer.alloc(HEADER_BYTES), body]);
    const written = writeHeader(head, { kind: toKind(number), flags, correlation, bodyBytes: body.length });
    expect(hexOf(written)).toBe(bytes.toString('hex'));
  });

  const stream = Buffer.concat(frames.frames.map(({ bytes }) => bytes));
  const cuts = Array.from({ length: stream.length - 1 }, (_, index) => index + 1);

  test('read as the vectors say, cut in two at every byte', () => {
    for (const cut of cuts)
      expect(readFrames([stream.subarray(0, cut), stream.subarray(cut)])).toEqual(expectedFrames());
  });

  test('read as the vectors say, one byte at a time', () => {
    expect(readFrames(Array.from(stream, (byte) => Buffer.from([byte])))).toEqual(expectedFrames());
  });

  test.each(frames.refused)('refused: $name', ({ bytes }) => {
    expect(() => readFrames([bytes])).toThrow(expect.objectContaining({ code: 'ERR_LINK_PROTOCOL' }));
  });
});

describe('handshake', () => {
  const { hello, welcome, confirmation, secret } = handshake;
  const agreed = { hello: toHello(hello), welcome: toWelcome(welcome), codec: 'json' } as const;

  test.each([
    ['hello', handshake.helloFrame, Kind.hello, hello],
    ['welcome', handshake.welcomeFrame, Kind.welcome, welcome],
    ['confirmation', handshake.confirmationFrame, Kind.welcome, confirmation],
  ] as const)('the frame of the %s', (_, bytes, kind, body) => {
    const [frame] = readFrames([bytes]);
    expect(frame).toEqual({ kind, flags: 0, correlation: 0, body: JSON.stringify(body) });
    expect(frameOf(kind, body).toString('hex')).toBe(bytes.toString('hex'));
  });

  test.each(handshake.proofs)('the proof of the $role follows from its input', ({ role, input, proof }) => {
    const parts = ['ipc-link/1', role, hello.name, welcome.name, hello.nonce, welcome.nonce];
    expect(input).toBe(parts.join('\0'));
    expect(createHmac('sha256', secret).update(input).digest('base64url')).toBe(proof);
  });

  test('the client accepts the welcome and confirms as the vector says', () => {
    const answer = answerWelcome(clientIdentity(secret), welcome, { hello: agreed.hello, expectedName: 'main' });
    expect(answer.confirmation).toEqual(confirmation);
    expect(answer.agreement).toEqual(agreementWith(welcome));
  });

  test('the server accepts the confirmation', () => {
    expect(checkConfirmation(serverIdentity(secret), confirmation, agreed)).toEqual(agreementWith(hello));
  });

  test("the server's proof follows from the nonce that it chose", () => {
    const answer = answerHello(serverIdentity(secret), hello);
    const parts = ['ipc-link/1', 'server', hello.name, welcome.name, hello.nonce, answer.welcome.nonce];
    expect(answer.welcome.proof).toBe(createHmac('sha256', secret).update(parts.join('\0')).digest('base64url'));
  });

  test('a secret that is text is used as its UTF-8', () => {
    const { secret: text, server, client } = handshake.textSecret;
    const offer = { ...welcome, proof: server };
    const answer = answerWelcome(clientIdentity(text), offer, { hello: agreed.hello, expectedName: 'main' });
    expect(answer.confirmation).toEqual({ proof: client });
    checkConfirmation(serverIdentity(text), { proof: client }, agreed);
  });

  test.each(handshake.negotiation)('a server that prefers $server, offered $offered: $codec', (vector) => {
    const identity: Identity = { ...serverIdentity(secret), codecs: [vector.server, other(vector.server)] };
    expect(answerHello(identity, { ...hello, codecs: vector.offered }).codec).toBe(vector.codec);
  });

  test.each(handshake.refusedHellos)('refused hello: $name', ({ body, code }) => {
    expect(() => answerHello(serverIdentity(secret), body)).toThrow(expect.objectContaining({ code }));
  });

  test.each(handshake.refusedProofs)('refused proof: $name', ({ confirmation: refused }) => {
    const check = (): unknown => checkConfirmation(serverIdentity(secret), refused, agreed);
    expect(check).toThrow(expect.objectContaining({ code: 'ERR_LINK_AUTH' }));
  });
});

describe('conversations', () => {
  const answering = conversations.filter(({ listener }) => listener !== undefined);

  test.each(answering)('$name: a Server answers as the vector says', async (conversation) => {
    const { answered, expected } = await playClient(conversation);
    expect(answered).toBe(expected);
  });

  const asking = conversations.filter(({ send }) => send !== undefined);

  test.each(asking)('$name: a Server asks as the vector says', async (conversation) => {
    const { asked, expected, progress, items, reply, error } = await playServer(conversation);
    expect(asked).toBe(expected);
    expect({ progress, items, reply }).toEqual({
      progress: [],
      items: [],
      reply: undefined,
      ...withoutError(conversation),
    });
    if (conversation.result?.error === undefined) expect(error).toBeUndefined();
    else expect(error).toMatchObject(conversation.result.error);
  });
});

interface ReadFrame {
  readonly kind: number;
  readonly flags: number;
  readonly correlation: number;
  readonly body: string;
}

function readFrames(pieces: readonly Buffer[]): ReadFrame[] {
  const found: ReadFrame[] = [];
  const reader = new FrameReader(LIMIT, ({ kind, flags, correlation, bytes, start, end }: Frame) => {
    found.push({ kind, flags, correlation, body: Buffer.from(bytes).toString('latin1', start, end) });
  });
  for (const piece of pieces) reader.push(piece);
  return found;
}

function expectedFrames(): ReadFrame[] {
  return frames.frames.map(({ number, flags, correlation = 0, body }) => {
    return { kind: number, flags, correlation, body: body.toString('latin1') };
  });
}

function frameOf(kind: KindNumber, value: unknown): Buffer {
  return toBytes(codecs.json.encode(value), kind);
}

function toKind(number: number): KindNumber {
  if (!isKind(number)) throw new Error(`${number} is no kind.`);
  return number;
}

function clientIdentity(secret: string | Uint8Array): Identity {
  const { name, instance, maxFrameBytes, streamWindow } = handshake.hello;
  return { name, instance, codecs: ['json'], secret, maxFrameBytes, streamWindow };
}

function serverIdentity(secret: string | Uint8Array): Identity {
  const { name, instance, maxFrameBytes, streamWindow } = handshake.welcome;
  return { name, instance, codecs: ['json', 'msgpack'], secret, maxFrameBytes, streamWindow };
}

function agreementWith(peer: { name: string; instance: string; maxFrameBytes: number; streamWindow: number }): object {
  return {
    peerName: peer.name,
    peerInstance: peer.instance,
    codec: 'json',
    peerMaxFrameBytes: peer.maxFrameBytes,
    peerStreamWindow: peer.streamWindow,
    peerFeatures: new Set(),
  };
}

function toHello(hello: typeof handshake.hello): Hello {
  return hello;
}

function toWelcome(welcome: typeof handshake.welcome): Welcome {
  return welcome;
}

function other(codec: 'msgpack' | 'json'): 'msgpack' | 'json' {
  return codec === 'json' ? 'msgpack' : 'json';
}

function withoutError({ result }: (typeof conversations)[number]): object {
  const { error: _, ...rest } = result ?? {};
  return rest;
}
