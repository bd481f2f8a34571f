import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';

/**
 * What travels over NATS is sealed (AES-256-GCM), so that its servers and whoever else is connected there can neither read nor forge it.
 * The key comes from the group's secret; that of a launch also from an agreement (X25519) between keys that live for seconds, so
 * that the secret alone, should it leak later, opens no launch that was recorded.
 */

const VERSION = 'ipc-link/nats/1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const KEY_BYTES = 32;

/** A pair of keys for one agreement. */
export interface AgreementKeys {
  /** To be told to the other side. */
  readonly publicKey: string;
  readonly privateKey: KeyObject;
}

/** The key for messages to all of a group. */
export function groupKey(secret: Uint8Array, group: string): Uint8Array {
  return derive(secret, new Uint8Array(), `group ${group}`);
}

export function createAgreementKeys(): AgreementKeys {
  const { publicKey, privateKey } = generateKeyPairSync('x25519');
  return { publicKey: String(publicKey.export({ format: 'jwk' }).x), privateKey };
}

/**
 * The key for one launch.
 *
 * @param keys This side's.
 * @param said What both sides have said: the offer's id, and the public keys of the agent and of the host.
 * @returns null where the other side's key isn't one.
 */
export function launchKey(
  group: Uint8Array,
  { keys, theirs, said }: { readonly keys: AgreementKeys; readonly theirs: string; readonly said: readonly string[] },
): Uint8Array | null {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'X25519', x: theirs }, format: 'jwk' });
    const agreed = diffieHellman({ privateKey: keys.privateKey, publicKey });
    return derive(agreed, group, `launch ${createHash('sha256').update(said.join('\0')).digest('base64url')}`);
  } catch {
    return null;
  }
}

/** @param purpose What the message is; nothing else is opened with it. */
export function seal(key: Uint8Array, purpose: string, value: unknown): Uint8Array {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(purpose));
  const sealed = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return Buffer.concat([nonce, sealed, cipher.getAuthTag()]);
}

/** @returns undefined for what was not sealed with this key for this purpose. */
export function open(key: Uint8Array, purpose: string, bytes: Uint8Array): unknown {
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(purpose)).setAuthTag(bytes.subarray(-TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
    return JSON.parse(text.toString());
  } catch {
    return undefined;
  }
}

function derive(secret: Uint8Array, salt: Uint8Array, purpose: string): Uint8Array {
  return Buffer.from(hkdfSync('sha256', secret, salt, `${VERSION} ${purpose}`, KEY_BYTES));
}
