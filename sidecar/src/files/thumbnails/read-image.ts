import { openRegularHandle } from '../regular-file.ts';
import type { SystemPath } from '../raw-path.ts';
import { fileTooLargeError } from './errors.ts';
import { MAX_FILE_BYTES } from './limits.ts';

/**
 * Reads a file that is not too large, without following a symlink. No more is read than the file had when it was opened.
 *
 * @throws FilesError `EFBIG`, `EFTYPE`; else the system's errors.
 */
export async function readImage(path: SystemPath): Promise<Buffer> {
  const handle = await openRegularHandle(path);
  try {
    const { size } = await handle.stat();
    if (size > MAX_FILE_BYTES) throw fileTooLargeError(size);
    const bytes = Buffer.allocUnsafeSlow(size);
    let length = 0;
    while (length < size) {
      const { bytesRead } = await handle.read(bytes, length, size - length, length);
      if (bytesRead === 0) break;
      length += bytesRead;
    }
    return bytes.subarray(0, length);
  } finally {
    await handle.close();
  }
}
