import type { CodecName } from '../envelope/codec.ts';
import { protocolError } from '../envelope/errors.ts';
import { hmacSha256, isSameProof, randomBytes, toBase64Url } from '../platform/node.ts';
import { authError, codecError, versionError, wrongNameError } from './handshake-errors.ts';

/**
 * hello (connecting side) -> welcome (listening side) -> welcome (connecting side). Three steps, so that each side proves
 * that it holds the secret on a nonce that the other chose. Bodies are JSON whatever the codec. Pure: no I/O, no time.
 */

export const PROTOCOL_VERSION = 1;

/** Largest frame of a handshake, in bytes. */
export const MAX_HANDSHAKE_BYTES = 4_096;

/**
 * What a side understands beyond the first edition of version 1. A peer that does not list one is spoken to without it.
 *
 * - `ended`: a request that was given up is still ended by its replier, once its handler is done.
 * - `refused`: a failed answer tells whether the link refused or a handler failed (`Flag.refused`).
 */
export const FEATURES = ['ended', 'refused'] as const;

export type Feature = (typeof FEATURES)[number];

/** What one side says about itself. */
export interface Identity {
  readonly name: string;
  /** Tells two processes of one name apart: random, once per Server. */
  readonly instance: string;
  /** In order of preference. */
  readonly codecs: readonly CodecName[];
  readonly secret: string | Uint8Array | undefined;
  readonly maxFrameBytes: number;
  readonly streamWindow: number;
}

/** What both sides agreed on. */
export interface Agreement {
  readonly peerName: string;
  readonly peerInstance: string;
  readonly codec: CodecName;
  /** Largest frame that the peer accepts, in bytes. */
  readonly peerMaxFrameBytes: number;
  /** Bytes of a stream that the peer is ready to hold. */
  readonly peerStreamWindow: number;
  readonly peerFeatures: ReadonlySet<Feature>;
}

interface Introduction {
  readonly name: string;
  readonly instance: string;
  readonly nonce: string;
  readonly maxFrameBytes: number;
  readonly streamWindow: number;
  /** Of a peer, which may list features that this version does not know. */
  readonly features?: readonly string[];
}

export interface Hello extends Introduction {
  readonly protocol: readonly number[];
  readonly codecs: readonly string[];
}

export interface Welcome extends Introduction {
  readonly protocol: number;
  readonly codec: string;
  readonly proof?: string;
}

/** The last frame of the handshake, sent by the connecting side. */
export interface Confirmation {
  readonly proof?: string;
}

export function createHello(identity: Identity): Hello {
  return { protocol: [PROTOCOL_VERSION], codecs: identity.codecs, ...introduce(identity) };
}

/** The listening side's answer. @throws LinkError when the two can't talk. */
export function answerHello(identity: Identity, body: unknown): { hello: Hello; welcome: Welcome; codec: CodecName } {
  const hello = readHello(body);
  if (!hello.protocol.includes(PROTOCOL_VERSION)) {
    throw versionError(hello.name, hello.protocol.join(', '), String(PROTOCOL_VERSION));
  }
  const codec = identity.codecs.find((name) => hello.codecs.includes(name));
  if (codec === undefined) throw codecError(hello.name);
  const welcome = { protocol: PROTOCOL_VERSION, codec, ...introduce(identity) };
  return { hello, welcome: { ...welcome, ...proveAs('server', identity, { hello, welcome }) }, codec };
}

/**
 * The connecting side checks the welcome and gives its own proof.
 *
 * @param expectedName The name that was connected to.
 * @throws LinkError `ERR_LINK_AUTH` when the listening side did not prove that it holds the secret.
 */
export function answerWelcome(
  identity: Identity,
  body: unknown,
  { hello, expectedName }: { readonly hello: Hello; readonly expectedName: string },
): { confirmation: Confirmation; agreement: Agreement } {
  const welcome = readWelcome(body);
  if (welcome.protocol !== PROTOCOL_VERSION) {
    throw versionError(welcome.name, String(welcome.protocol), String(PROTOCOL_VERSION));
  }
  if (welcome.name !== expectedName) throw wrongNameError(expectedName, welcome.name);
  const codec = identity.codecs.find((name) => name === welcome.codec);
  if (codec === undefined) throw codecError(welcome.name);
  checkProof('server', identity, { hello, welcome, proof: welcome.proof });
  return { confirmation: proveAs('client', identity, { hello, welcome }), agreement: agree(welcome, codec) };
}

/** The listening side checks the connecting side's proof. @throws LinkError `ERR_LINK_AUTH` */
export function checkConfirmation(
  identity: Identity,
  body: unknown,
  { hello, welcome, codec }: { readonly hello: Hello; readonly welcome: Welcome; readonly codec: CodecName },
): Agreement {
  const proof = readObject(body)['proof'];
  checkProof('client', identity, { hello, welcome, proof });
  return agree(hello, codec);
}

function introduce({ name, instance, maxFrameBytes, streamWindow }: Identity): Introduction {
  return {
    name,
    instance,
    nonce: toBase64Url(randomBytes(32)),
    maxFrameBytes,
    streamWindow,
    features: FEATURES,
  };
}

function agree(peer: Introduction, codec: CodecName): Agreement {
  const { name, instance, maxFrameBytes, streamWindow, features = [] } = peer;
  return {
    peerName: name,
    peerInstance: instance,
    codec,
    peerMaxFrameBytes: maxFrameBytes,
    peerStreamWindow: streamWindow,
    peerFeatures: new Set(FEATURES.filter((feature) => features.includes(feature))),
  };
}

type Role = 'client' | 'server';

function proveAs(
  role: Role,
  { secret }: Identity,
  said: { hello: Introduction; welcome: Introduction },
): { proof?: string } {
  return secret === undefined ? {} : { proof: toBase64Url(computeProof(role, secret, said)) };
}

function checkProof(
  role: Role,
  { secret }: Identity,
  { hello, welcome, proof }: { readonly hello: Introduction; readonly welcome: Introduction; readonly proof: unknown },
): void {
  if (secret === undefined && proof === undefined) return;
  const peer = role === 'client' ? hello.name : welcome.name;
  if (secret === undefined || typeof proof !== 'string') throw authError(peer);
  if (!isSameProof(computeProof(role, secret, { hello, welcome }), proof)) throw authError(peer);
}

/** The role is a part of it, so that neither side can send the other's proof back. The zeros separate the parts. */
function computeProof(
  role: Role,
  secret: string | Uint8Array,
  said: { hello: Introduction; welcome: Introduction },
): Uint8Array {
  const { hello, welcome } = said;
  const parts = [`ipc-link/${PROTOCOL_VERSION}`, role, hello.name, welcome.name, hello.nonce, welcome.nonce];
  return hmacSha256(secret, parts.join('\0'));
}

function readHello(body: unknown): Hello {
  const fields = readObject(body);
  const { protocol, codecs } = fields;
  if (!isListOf(protocol, 'number') || !isListOf(codecs, 'string')) throw protocolError('a hello of an unknown shape');
  return { protocol, codecs, ...readIntroduction(fields) };
}

function readWelcome(body: unknown): Welcome {
  const fields = readObject(body);
  const { protocol, codec, proof } = fields;
  if (typeof protocol !== 'number' || typeof codec !== 'string') throw protocolError('a welcome of an unknown shape');
  return { protocol, codec, ...(typeof proof === 'string' ? { proof } : {}), ...readIntroduction(fields) };
}

function readIntroduction(fields: Readonly<Record<string, unknown>>): Introduction {
  const { name, instance, nonce, maxFrameBytes, streamWindow, features = [] } = fields;
  if (!isName(name) || !isToken(instance) || !isToken(nonce)) throw protocolError('a handshake without name or nonce');
  if (!isAmount(maxFrameBytes) || !isAmount(streamWindow)) throw protocolError('a handshake without its limits');
  if (!isListOf(features, 'string')) throw protocolError('a handshake with features that are no list of texts');
  return { name, instance, nonce, maxFrameBytes, streamWindow, features };
}

function readObject(body: unknown): Readonly<Record<string, unknown>> {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    throw protocolError('a handshake that is not an object');
  return { ...body };
}

function isListOf<Type extends 'number' | 'string'>(
  value: unknown,
  type: Type,
): value is (Type extends 'number' ? number : string)[] {
  return Array.isArray(value) && value.every((item) => typeof item === type);
}

function isName(value: unknown): value is string {
  return typeof value === 'string' && /^[^/\\\p{Cc}]{1,255}$/u.test(value);
}

/** 16 to 64 characters of base64url: at least 96 random bits. */
function isToken(value: unknown): value is string {
  return typeof value === 'string' && /^[\w-]{16,64}$/.test(value);
}

function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
}
