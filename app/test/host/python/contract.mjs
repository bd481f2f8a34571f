import { defineContract, stream, task } from 'ipc-link/contract';
import { z } from 'zod';

const any = z.unknown();
const plain = task({ input: any, output: any });
const reporting = task({ input: any, output: any, progress: any });

export const python = defineContract('python', {
  echo: plain,
  note: plain,
  work: reporting,
  hold: reporting,
  deaf: reporting,
  crash: plain,
  fail: plain,
  count: stream({ input: any, item: any }),
  flood: stream({ input: any, item: any }),
});
