import { answerRequests } from '../thread/answer-requests.ts';
import { createDigesters } from './digesters.ts';
import { hashFiles } from './hash-files.ts';
import { TAGS } from './manifest-line.ts';
import type { HashProtocol } from './messages.ts';

/** Small enough for the second-level cache of common processors. A larger buffer was no faster. */
const BUFFER_BYTES = 256 * 1024;

answerRequests<HashProtocol>(({ root, algorithms, tag }) => {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const digesters = createDigesters(algorithms);
  const tags = tag ? algorithms.map((algorithm) => TAGS[algorithm]) : undefined;
  const now = (): number => performance.now();
  return async (files, emit) => hashFiles(files, { root, digesters: await digesters, tags, buffer, emit, now });
});
