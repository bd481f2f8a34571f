import { answerRequests } from '../thread/answer-requests.ts';
import { hashFiles } from './hash-files.ts';
import type { HashProtocol } from './messages.ts';

/** Fits the second-level cache of common processors; a larger one was no faster. */
const BUFFER_BYTES = 256 * 1024;

answerRequests<HashProtocol>((data) => {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  return (files, emit) => hashFiles(files, { ...data, buffer, emit, now: () => performance.now() });
});
