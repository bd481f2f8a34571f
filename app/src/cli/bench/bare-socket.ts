import type { Socket } from 'node:net';
import type { Echo } from './measure.ts';

const HEADER_BYTES = 5;
const JSON_BODY = 0;
const RAW_BODY = 1;

/** The least that an echo needs: a length, whether JSON or bytes follow, and the answers in the order of the questions. */
export function openBareEcho(socket: Socket): Echo {
  const waiting: ((answer: unknown) => void)[] = [];
  let first = 0;
  readFrames(socket, (answer) => {
    waiting[first++]?.(answer);
    if (first === waiting.length) waiting.length = first = 0;
  });
  return (value) =>
    new Promise((resolve) => {
      waiting.push(resolve);
      writeFrame(socket, value);
    });
}

/** The other end: everything goes back. */
export function answerBare(socket: Socket): void {
  readFrames(socket, (value) => writeFrame(socket, value));
}

function writeFrame(socket: Socket, value: unknown): void {
  const isBytes = value instanceof Uint8Array;
  const body = isBytes ? value : Buffer.from(JSON.stringify(value));
  const header = Buffer.allocUnsafe(HEADER_BYTES);
  header.writeUInt32BE(body.length);
  header[4] = isBytes ? RAW_BODY : JSON_BODY;
  // What is written in one turn leaves in one system call.
  if (socket.writableCorked === 0) {
    socket.cork();
    queueMicrotask(() => socket.uncork());
  }
  socket.write(header);
  socket.write(body);
}

function readFrames(socket: Socket, onValue: (value: unknown) => void): void {
  let chunks: Buffer[] = [];
  let bytes = 0;
  let wanted = HEADER_BYTES;
  socket.on('data', (chunk) => {
    chunks.push(chunk);
    bytes += chunk.length;
    if (bytes < wanted) return;
    let rest = chunks.length === 1 ? chunk : Buffer.concat(chunks, bytes);
    wanted = HEADER_BYTES;
    while (rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + rest.readUInt32BE();
      if (rest.length < end) {
        wanted = end;
        break;
      }
      const body = rest.subarray(HEADER_BYTES, end);
      onValue(rest[4] === RAW_BODY ? body : JSON.parse(body.toString()));
      rest = rest.subarray(end);
    }
    chunks = rest.length === 0 ? [] : [rest];
    bytes = rest.length;
  });
}
