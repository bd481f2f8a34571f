import type { StandardSchemaV1 } from '@standard-schema/spec';
import { LinkError, UnserializableError } from '../link-error.ts';

/** A value does not fit the contract. `issues` are those of the validator. */
export class ContractError extends LinkError {
  static override readonly name: string = 'ContractError';
  override readonly name: string = 'ContractError';
  readonly issues: readonly StandardSchemaV1.Issue[];

  constructor(code: string, message: string, issues: readonly StandardSchemaV1.Issue[]) {
    super(code, message);
    this.issues = issues;
  }
}

/** A task was asked for as a stream, or a stream as a task. A client of the contract never does that. */
export function wrongKindError(operation: string, kind: 'task' | 'stream'): LinkError {
  const method = kind === 'task' ? 'send' : 'stream';
  return new LinkError('ERR_LINK_WRONG_KIND', `${operation} is a ${kind}. Ask for it with ${method}().`);
}

/** The parts that are validated, each with the code of its error. */
export const codeOf = {
  input: 'ERR_LINK_INVALID_INPUT',
  output: 'ERR_LINK_INVALID_OUTPUT',
  item: 'ERR_LINK_INVALID_OUTPUT',
  progress: 'ERR_LINK_INVALID_PROGRESS',
} as const;

export function validationError(
  operation: string,
  part: keyof typeof codeOf,
  issues: readonly StandardSchemaV1.Issue[],
): ContractError {
  const details = issues.slice(0, 3).map(describeIssue).join('; ');
  const more = issues.length > 3 ? `; and ${issues.length - 3} more` : '';
  return new ContractError(
    codeOf[part],
    `${operation}: its ${part} does not fit the contract: ${details}${more}.`,
    issues,
  );
}

/** A part of an operation. */
export interface Place {
  readonly operation: string;
  readonly part: keyof typeof codeOf;
}

/** Adds the operation and the part to the path in an error about a value that can't be sent, so that its reader finds the value. */
export function locate(error: unknown, { operation, part }: Place, path = ''): unknown {
  return error instanceof UnserializableError ? error.within(path, `${operation}: ${part}`) : error;
}

function describeIssue({ message, path = [] }: StandardSchemaV1.Issue): string {
  const where = path.map((step) => String(typeof step === 'object' ? step.key : step)).join('.');
  return where === '' ? message : `${where}: ${message}`;
}
