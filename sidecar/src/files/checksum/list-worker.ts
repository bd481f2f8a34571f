import { answerRequests } from '../thread/answer-requests.ts';
import { listTree } from './list-tree.ts';
import type { ListProtocol } from './messages.ts';

answerRequests<ListProtocol>(({ root }) => {
  const batches = listTree(root);
  return () => batches.next().value ?? { files: [], failures: [], done: true };
});
