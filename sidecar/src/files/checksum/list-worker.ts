import { answerRequests } from '../thread/answer-requests.ts';
import { countTree, listTree } from './list-tree.ts';
import type { ListProtocol } from './messages.ts';

answerRequests<ListProtocol>((data) => {
  const batches = listTree(data);
  const counts = countTree(data);
  return (request) => {
    const next = request === 'next' ? batches.next() : counts.next();
    if (next.done === true) throw new TypeError(`The list has ended and can't answer another '${request}'.`);
    return next.value;
  };
});
