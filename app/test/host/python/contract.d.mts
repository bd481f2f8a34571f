import type { Contract, Schema, Stream, Task } from 'ipc-link/contract';

type Plain = Task<Schema, Schema, Schema<never>>;
type Reporting = Task;
type Items = Stream;

export const python: Contract<
  'python',
  {
    echo: Plain;
    note: Plain;
    work: Reporting;
    hold: Reporting;
    deaf: Reporting;
    crash: Plain;
    fail: Plain;
    count: Items;
    flood: Items;
  }
>;
