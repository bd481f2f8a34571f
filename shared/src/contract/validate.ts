import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Schema } from './define.ts';
import { type codeOf, validationError } from './errors.ts';

/**
 * Runs a validator, synchronous or not.
 *
 * @throws ContractError `ERR_LINK_INVALID_INPUT`, `ERR_LINK_INVALID_OUTPUT` or `ERR_LINK_INVALID_PROGRESS`.
 */
export async function validate<S extends Schema>(
  schema: S,
  value: unknown,
  { operation, part }: { readonly operation: string; readonly part: keyof typeof codeOf },
): Promise<StandardSchemaV1.InferOutput<S>> {
  const pending = schema['~standard'].validate(value);
  const result: StandardSchemaV1.Result<StandardSchemaV1.InferOutput<S>> =
    pending instanceof Promise ? await pending : pending;
  if (result.issues !== undefined) throw validationError(operation, part, result.issues);
  return result.value;
}
