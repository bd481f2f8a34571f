import type { Contract } from '../contract/define.ts';

/** The contracts that a page may call, by name. */
export type Exposure = Readonly<Record<string, ExposedContract>>;

export interface ExposedContract {
  /** The operations that the page may call, each with its kind. */
  readonly operations: Readonly<Record<string, 'task' | 'stream'>>;
  /** Whether the page calls this contract over a port that goes directly to its process. */
  readonly isDirect: boolean;
}

/** Name by which a page knows the Server in the main process. */
export const PORT_SERVER = 'app';

/** Task by which a page asks the main process for its {@link Exposure}, and a host a sidecar for what it serves. */
export const DESCRIBE_TASK = 'ipc-link.describe';

/** @throws TypeError for an operation that the contract does not have. */
export function describeContract(
  contract: Contract,
  operations: readonly string[],
  isDirect: boolean,
): ExposedContract {
  const kinds = operations.map((name) => {
    const operation = contract.operations[name];
    if (operation === undefined)
      throw new TypeError(
        `serveWindows(): '${contract.name}' has no operation '${name}'. Name operations of the contract only.`,
      );
    return [name, operation.kind] as const;
  });
  return { operations: Object.fromEntries(kinds), isDirect };
}
