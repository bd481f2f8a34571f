import type { StandardSchemaV1 } from '@standard-schema/spec';
import type { Schema } from './define.ts';
import { type Place, validationError } from './errors.ts';

/**
 * Runs a validator. The result is a promise only if the validator is asynchronous, because a promise for each value would take
 * longer than most validators do.
 *
 * @throws ContractError `ERR_LINK_INVALID_INPUT`, `ERR_LINK_INVALID_OUTPUT` or `ERR_LINK_INVALID_PROGRESS`.
 */
export function validate<S extends Schema>(
  schema: S,
  value: unknown,
  place: Place,
): StandardSchemaV1.InferOutput<S> | Promise<StandardSchemaV1.InferOutput<S>> {
  const result = schema['~standard'].validate(value);
  return result instanceof Promise ? result.then((later) => readResult(later, place)) : readResult(result, place);
}

/** @throws ContractError as `validate`. */
export function readResult<Output>(result: StandardSchemaV1.Result<Output>, { operation, part }: Place): Output {
  if (result.issues !== undefined) throw validationError(operation, part, result.issues);
  return result.value;
}
