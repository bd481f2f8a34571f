import { createHmac, randomBytes } from 'node:crypto';
import { createJsonFrame, Kind } from './frame.mjs';

/** @typedef {{ readonly name: string, readonly nonce: string, readonly [field: string]: unknown }} Introduction Content of a hello or a welcome. */

/** @param {string} name @param {Readonly<Record<string, unknown>>} [overrides] @returns {Introduction} */
export function createHello(name, overrides = {}) {
  return { protocol: [1], codecs: ['json'], ...introduce(name), ...overrides };
}

/** @param {string} name @param {Readonly<Record<string, unknown>>} [overrides] @returns {Introduction} */
export function createWelcome(name, overrides = {}) {
  return { protocol: 1, codec: 'json', ...introduce(name), ...overrides };
}

/** @param {string} name */
function introduce(name) {
  return {
    name,
    instance: randomBytes(16).toString('base64url'),
    nonce: randomBytes(32).toString('base64url'),
    maxFrameBytes: 67_108_864,
    streamWindow: 262_144,
  };
}

/**
 * @param {'client' | 'server'} role
 * @param {string | null} secret
 * @param {{ hello: Introduction, welcome: Introduction }} said
 * @returns {{ proof?: string }}
 */
export function prove(role, secret, { hello, welcome }) {
  if (secret === null) return {};
  const input = ['ipc-link/1', role, hello.name, welcome.name, hello.nonce, welcome.nonce].join('\0');
  return { proof: createHmac('sha256', secret).update(input).digest('base64url') };
}

/** @param {Readonly<Record<string, unknown>>} hello */
export function helloFrame(hello) {
  return createJsonFrame(Kind.hello, hello);
}

/** @param {Readonly<Record<string, unknown>>} welcome */
export function welcomeFrame(welcome) {
  return createJsonFrame(Kind.welcome, welcome);
}
