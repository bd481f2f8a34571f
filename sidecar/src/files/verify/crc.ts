import type { Digester } from '../checksum/digesters.ts';

/** The polynomial of POSIX `cksum`: https://pubs.opengroup.org/onlinepubs/9799919799/utilities/cksum.html */
const POLYNOMIAL = 0x04c11db7;
const TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte << 24;
  for (let bit = 0; bit < 8; bit += 1) value = value < 0 ? (value << 1) ^ POLYNOMIAL : value << 1;
  return value >>> 0;
});

/** The CRC that `cksum` prints by default, in decimal digits. It is computed over the content followed by its length. */
export class CrcDigester implements Digester {
  #crc = 0;
  #length = 0;

  begin(): void {
    this.#crc = 0;
    this.#length = 0;
  }

  update(bytes: Uint8Array): void {
    let crc = this.#crc;
    for (const byte of bytes) crc = (crc << 8) ^ (TABLE[(crc >>> 24) ^ byte] ?? 0);
    this.#crc = crc;
    this.#length += bytes.length;
  }

  end(): string {
    const length: number[] = [];
    for (let rest = this.#length; rest > 0; rest = Math.floor(rest / 256)) length.push(rest % 256);
    this.update(Uint8Array.from(length));
    return String(~this.#crc >>> 0);
  }

  digest(bytes: Uint8Array): string {
    this.begin();
    this.update(bytes);
    return this.end();
  }
}
