import type { Contract } from '../contract/define.ts';

/** What a page may call, by contract: its operations, each with what it is. */
export type Exposure = Readonly<Record<string, ExposedContract>>;

export interface ExposedContract {
  readonly operations: Readonly<Record<string, 'task' | 'stream'>>;
  /** Whether the calls of this contract go to its process by a port of their own. */
  readonly isDirect: boolean;
}

/** Name of the Server at a port's other end, wherever that is. */
export const PORT_SERVER = 'app';

/** The task by which a page asks for its {@link Exposure}. */
export const DESCRIBE_TASK = 'ipc-link.describe';

/** @throws TypeError for an operation that the contract has not. */
export function describeContract(
  contract: Contract,
  operations: readonly string[],
  isDirect: boolean,
): ExposedContract {
  const kinds = operations.map((name) => {
    const operation = contract.operations[name];
    if (operation === undefined)
      throw new TypeError(`serveWindows(): '${contract.name}' has no operation '${name}'. Name one that it has.`);
    return [name, operation.kind] as const;
  });
  return { operations: Object.fromEntries(kinds), isDirect };
}
