import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';

const ANY_ADDRESS = 0xffff;
const PROTOCOL = 'MIT-MAGIC-COOKIE-1';

/**
 * Writes an X authority file with one new cookie that is valid for any display number, because Xvfb chooses its number after
 * it has read the file. The X server and the app both use it, so that no other user of the machine can see the display.
 * Source of the format: `Xauthority`, libXau's AuFileName(3).
 */
export async function writeXauthority(file: string): Promise<void> {
  const entry = [field(''), field(''), field(PROTOCOL), field(randomBytes(16))];
  await writeFile(file, Buffer.concat([uint16(ANY_ADDRESS), ...entry]), { mode: 0o600 });
}

function field(value: string | Buffer): Buffer {
  const bytes = Buffer.from(value);
  return Buffer.concat([uint16(bytes.length), bytes]);
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16BE(value);
  return bytes;
}
