import { answerRequests } from '../thread/answer-requests.ts';
import { FileComparer } from './compare-files.ts';
import type { VerifyProtocol } from './messages.ts';

const BUFFER_BYTES = 256 * 1024;

answerRequests<VerifyProtocol>((data) => {
  const buffer = Buffer.allocUnsafeSlow(BUFFER_BYTES);
  const comparer = new FileComparer({ ...data, buffer, now: () => performance.now() });
  return (lines, emit) => comparer.compare(lines, emit);
});
