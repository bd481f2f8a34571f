import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Schema } from './define.ts';
import { type Place, validationError } from './errors.ts';

/**
 * Runs a validator, synchronous or not.
 *
 * @throws ContractError `ERR_LINK_INVALID_INPUT`, `ERR_LINK_INVALID_OUTPUT` or `ERR_LINK_INVALID_PROGRESS`.
 */
export async function validate<S extends Schema>(
  schema: S,
  value: unknown,
  place: Place,
): Promise<StandardSchemaV1.InferOutput<S>> {
  const pending = schema['~standard'].validate(value);
  const result: StandardSchemaV1.Result<StandardSchemaV1.InferOutput<S>> =
    pending instanceof Promise ? await pending : pending;
  return readResult(result, place);
}

/** @throws ContractError as `validate`. */
export function readResult<Output>(result: StandardSchemaV1.Result<Output>, { operation, part }: Place): Output {
  if (result.issues !== undefined) throw validationError(operation, part, result.issues);
  return result.value;
}
