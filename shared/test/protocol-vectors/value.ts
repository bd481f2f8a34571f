import * as z from 'zod';

/** Makes the value that a vector describes in the notation of docs/PROTOCOL.md, "Test vectors". */
export function createValue(description: unknown): unknown {
  return build(description, new Map());
}

const pairs = z.array(z.tuple([z.unknown(), z.unknown()]));
const id = z.number().optional();

/** Values that JSON can't express are objects with a property `$`. */
const special = z.discriminatedUnion('$', [
  z.object({ $: z.enum(['undefined', 'nan', 'infinity', '-infinity', '-0']) }),
  z.object({ $: z.literal('bigint'), value: z.string() }),
  z.object({ $: z.literal('utf16'), hex: z.string() }),
  z.object({ $: z.literal('date'), ms: z.unknown() }),
  z.object({ $: z.literal('regexp'), source: z.string(), flags: z.string() }),
  z.object({ $: z.literal('map'), id, entries: pairs }),
  z.object({ $: z.literal('set'), id, items: z.array(z.unknown()) }),
  z.object({ $: z.literal('array'), id, items: z.array(z.unknown()) }),
  z.object({ $: z.literal('object'), id, entries: pairs }),
  z.object({ $: z.literal('sparse'), length: z.number(), items: z.array(z.tuple([z.number(), z.unknown()])) }),
  z.object({ $: z.literal('error'), class: z.string(), properties: pairs }),
  z.object({ $: z.literal('binary'), type: z.string(), hex: z.string(), times: z.number().default(1) }),
  z.object({ $: z.literal('boxed'), value: z.unknown() }),
  z.object({ $: z.literal('ref'), id: z.number() }),
]);

type Special = z.infer<typeof special>;
type Known = Map<number, unknown>;

function build(description: unknown, known: Known): unknown {
  if (typeof description !== 'object' || description === null) return description;
  if (Array.isArray(description)) return description.map((item) => build(item, known));
  if ('$' in description) return buildSpecial(special.parse(description), known);
  return Object.fromEntries(Object.entries(description).map(([key, item]) => [key, build(item, known)]));
}

const constants = {
  undefined,
  nan: Number.NaN,
  infinity: Number.POSITIVE_INFINITY,
  '-infinity': Number.NEGATIVE_INFINITY,
  '-0': -0,
};

function buildSpecial(description: Special, known: Known): unknown {
  switch (description.$) {
    case 'bigint':
      return BigInt(description.value);
    case 'utf16':
      return Buffer.from(description.hex, 'hex').toString('utf16le');
    case 'date':
      return new Date(Number(build(description.ms, known)));
    case 'regexp':
      return new RegExp(description.source, description.flags);
    case 'boxed':
      return Object(build(description.value, known));
    case 'binary':
      return buildBinary(description.type, Buffer.from(description.hex.repeat(description.times), 'hex'));
    case 'map':
    case 'set':
    case 'array':
    case 'object':
      return buildContainer(description, known);
    case 'sparse':
      return buildSparse(description.length, description.items, known);
    case 'error':
      return buildError(description.class, description.properties, known);
    case 'ref':
      return known.get(description.id);
    default:
      return constants[description.$];
  }
}

/** Registers a container before its content is built, because the content may refer to it. */
function buildContainer(
  description: Extract<Special, { $: 'map' | 'set' | 'array' | 'object' }>,
  known: Known,
): unknown {
  const remember = <Container>(container: Container): Container => {
    if (description.id !== undefined) known.set(description.id, container);
    return container;
  };
  switch (description.$) {
    case 'map': {
      const map = remember(new Map());
      for (const [key, item] of description.entries) map.set(build(key, known), build(item, known));
      return map;
    }
    case 'set': {
      const set = remember(new Set());
      for (const item of description.items) set.add(build(item, known));
      return set;
    }
    case 'array': {
      const array: unknown[] = remember([]);
      for (const item of description.items) array.push(build(item, known));
      return array;
    }
    case 'object': {
      const object = remember({});
      for (const [key, item] of description.entries) define(object, build(key, known), build(item, known), true);
      return object;
    }
  }
}

function buildSparse(length: number, items: readonly (readonly [number, unknown])[], known: Known): unknown[] {
  const array: unknown[] = [];
  array.length = length;
  for (const [index, item] of items) array[index] = build(item, known);
  return array;
}

const errorClasses = new Map([Error, RangeError, TypeError].map((type) => [type.name, type]));
const hidden = new Set<unknown>(['message', 'stack', 'name', 'cause', 'errors']);

function buildError(name: string, properties: readonly (readonly [unknown, unknown])[], known: Known): Error {
  const error = new (errorClasses.get(name) ?? Error)();
  for (const [key, item] of properties) define(error, key, build(item, known), !hidden.has(key));
  return error;
}

function define(target: object, key: unknown, value: unknown, enumerable: boolean): void {
  Object.defineProperty(target, z.string().parse(key), { value, enumerable, writable: true, configurable: true });
}

function buildBinary(type: string, bytes: Buffer): unknown {
  if (type === 'Buffer') return bytes;
  const buffer = new Uint8Array(bytes).buffer;
  if (type === 'ArrayBuffer') return buffer;
  const constructor: unknown = Reflect.get(globalThis, type);
  if (typeof constructor !== 'function') throw new Error(`There is no ${type}.`);
  return Reflect.construct(constructor, [buffer]);
}
