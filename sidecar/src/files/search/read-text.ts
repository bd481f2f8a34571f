import { StringDecoder } from 'node:string_decoder';
import { readChunks } from '../regular-file.ts';

/** A NUL byte in so many bytes makes a file binary. */
const PROBE_BYTES = 8 * 1024;
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * An open file's text, a chunk at a time: UTF-8 without its byte order mark, U+FFFD for bytes that are none. A binary
 * file has no text.
 */
export function* readText(fd: number, buffer: Uint8Array): Generator<string, void, void> {
  const decoder = new StringDecoder('utf8');
  let bytes = 0;
  let begun = false;
  for (const chunk of readChunks(fd, buffer)) {
    if (bytes < PROBE_BYTES && chunk.subarray(0, PROBE_BYTES - bytes).includes(0)) return;
    bytes += chunk.length;
    const text = decoder.write(chunk);
    yield !begun && text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
    begun ||= text !== '';
  }
  yield decoder.end();
}
