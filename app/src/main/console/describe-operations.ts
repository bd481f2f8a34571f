import type { Contract, Schema } from 'ipc-link/contract';
import type { PlayOperation } from '../../bridge/playground-messages.ts';

/** Lists what can be called, with the JSON Schema of each input as far as its validator has one. */
export function describeOperations(contracts: readonly Contract[]): PlayOperation[] {
  return contracts.flatMap(({ name: contract, operations }) =>
    Object.entries(operations).map(([name, { kind, input }]) => ({
      contract,
      name,
      kind,
      schema: toJsonSchema(input),
    })),
  );
}

/** zod gives up on a whole schema for one part that JSON can't hold, unless it is told to leave that part open. */
const options = { target: 'draft-2020-12', libraryOptions: { unrepresentable: 'any' } };

/** The JSON Schema of what a validator takes, by Standard JSON Schema (https://standardschema.dev/json-schema); else null. */
function toJsonSchema(schema: Schema): unknown {
  const standard: object = schema['~standard'];
  if (!('jsonSchema' in standard)) return null;
  const { jsonSchema: converter } = standard;
  if (typeof converter !== 'object' || converter === null || !('input' in converter)) return null;
  const { input: convert } = converter;
  if (typeof convert !== 'function') return null;
  try {
    // Whatever a validator adds besides JSON could not travel to the page.
    return JSON.parse(JSON.stringify(Reflect.apply(convert, converter, [options])));
  } catch {
    // The standard lets a validator throw where its schema has no JSON form: the input is written as JSON then.
    return null;
  }
}
