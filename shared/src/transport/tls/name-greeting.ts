import type { TLSSocket } from 'node:tls';

/**
 * What goes over a connection before the link's own bytes, since many names share one port: the connecting side sends the name
 * that it wants, as two bytes of length and UTF-8, and the listening side answers with one byte.
 */

/** A name has at most 255 characters, each of them at most three bytes (UTF-16 counts a character of four as two). */
const MAX_NAME_BYTES = 765;

export const Answer = { unknownName: 0, welcome: 1 } as const;

/** The first bytes of a connection. */
export function encodeName(name: string): Uint8Array {
  const bytes = Buffer.from(name);
  const head = Buffer.alloc(2);
  head.writeUInt16BE(bytes.length);
  return Buffer.concat([head, bytes]);
}

/** @returns The name that the connection is for; null where it ends before or begins with something else. Never rejects. */
export async function readName(socket: TLSSocket): Promise<string | null> {
  const head = await readBytes(socket, 2);
  const length = head?.readUInt16BE() ?? 0;
  if (length === 0 || length > MAX_NAME_BYTES) return null;
  return (await readBytes(socket, length))?.toString() ?? null;
}

/** @returns The answer; null where the connection ends before. Never rejects. */
export async function readAnswer(socket: TLSSocket): Promise<number | null> {
  return (await readBytes(socket, 1))?.[0] ?? null;
}

/** Reads so many bytes and leaves the rest where it is. */
function readBytes(socket: TLSSocket, count: number): Promise<Buffer | null> {
  return new Promise((resolve) => {
    const settle = (bytes: Buffer | null): void => {
      socket.off('readable', read);
      socket.off('close', stop);
      socket.off('end', stop);
      resolve(bytes);
    };
    const read = (): void => {
      const bytes: unknown = socket.read(count);
      // At its end a stream hands out what is left, however little.
      if (Buffer.isBuffer(bytes)) settle(bytes.length === count ? bytes : null);
    };
    const stop = (): void => settle(null);
    socket.on('readable', read);
    socket.once('close', stop);
    socket.once('end', stop);
    if (socket.destroyed) stop();
    else read();
  });
}
