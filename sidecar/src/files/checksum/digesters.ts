import { createHash, hash, type Hash } from 'node:crypto';
import type { ChecksumAlgorithm } from '#contracts/files';
import type { IHasher } from 'hash-wasm';

/** Computes one digest after the other. */
export interface Digester {
  begin(): void;
  update(bytes: Uint8Array): void;
  /** @returns The digest, in hex, of the bytes since `begin`. */
  end(): string;
  /** @returns The digest, in hex, of these bytes alone. */
  digest(bytes: Uint8Array): string;
}

/** Digests that Node computes. Electron's Node has these too, but lacks the others, for which hash-wasm is used. */
const NATIVE: ReadonlySet<string> = new Set(['md5', 'sha1', 'sha256', 'sha384', 'sha512']);

/** Creates one digester for each algorithm, in the same order. */
export function createDigesters(algorithms: readonly ChecksumAlgorithm[]): Promise<readonly Digester[]> {
  return Promise.all(algorithms.map(createDigester));
}

export async function createDigester(algorithm: ChecksumAlgorithm): Promise<Digester> {
  if (NATIVE.has(algorithm)) return new NativeDigester(algorithm);
  const hasher = await createHasher(algorithm);
  return {
    begin: () => void hasher.init(),
    update: (bytes) => void hasher.update(bytes),
    end: () => hasher.digest('hex'),
    digest: (bytes) => hasher.init().update(bytes).digest('hex'),
  };
}

async function createHasher(algorithm: ChecksumAlgorithm): Promise<IHasher> {
  const { createBLAKE2b, createBLAKE3, createSHA3 } = await import('hash-wasm');
  if (algorithm === 'blake3') return createBLAKE3();
  if (algorithm === 'blake2b') return createBLAKE2b();
  return createSHA3(algorithm === 'sha3-256' ? 256 : 512);
}

class NativeDigester implements Digester {
  readonly #algorithm: string;
  #hash: Hash | undefined;

  constructor(algorithm: string) {
    this.#algorithm = algorithm;
  }

  begin(): void {
    this.#hash = createHash(this.#algorithm);
  }

  update(bytes: Uint8Array): void {
    this.#hash?.update(bytes);
  }

  end(): string {
    if (this.#hash === undefined) throw new TypeError('Digester.end() comes after begin().');
    return this.#hash.digest('hex');
  }

  digest(bytes: Uint8Array): string {
    return hash(this.#algorithm, bytes, 'hex');
  }
}
