/**
 * All that a receiver can see of a value as one text: types, classes of this realm, contents in order, which properties are
 * enumerable, and who is whom. Two values with the same text are the same. Runs in Node and in pages.
 */
export function describeValue(value: unknown): string {
  return describe(value, new Map());
}

const boxes = new Set(['Number', 'String', 'Boolean', 'BigInt']);

type Known = Map<object, number>;

function describe(value: unknown, known: Known): string {
  switch (typeof value) {
    case 'string':
      return JSON.stringify(value);
    case 'number':
      return Object.is(value, -0) ? '-0' : String(value);
    case 'bigint':
      return `${value}n`;
    case 'object':
      return value === null ? 'null' : describeObject(value, known);
    default:
      return String(value);
  }
}

function describeObject(value: object, known: Known): string {
  const before = known.get(value);
  if (before !== undefined) return `<${before}>`;
  known.set(value, known.size);
  const content = [...contentOf(value, known), ...propertiesOf(value, known)];
  return `${nameClass(value)}{${content.join(', ')}}`;
}

function nameClass(value: object): string {
  const prototype: unknown = Object.getPrototypeOf(value);
  if (typeof prototype !== 'object' || prototype === null) return 'null';
  const { name } = prototype.constructor;
  return Reflect.get(globalThis, name)?.prototype === prototype ? name : `${name} of somewhere else`;
}

/** What is not in properties. */
function contentOf(value: object, known: Known): string[] {
  if (value instanceof Map)
    return Array.from(value, ([key, item]) => `${describe(key, known)} => ${describe(item, known)}`);
  if (value instanceof Set) return Array.from(value, (item) => describe(item, known));
  if (value instanceof Date) return [String(value.getTime())];
  if (value instanceof RegExp) return [String(value)];
  if (ArrayBuffer.isView(value))
    return [describeBytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength))];
  if (value instanceof ArrayBuffer) return [describeBytes(new Uint8Array(value))];
  if (boxes.has(nameClass(value))) return [describe(value.valueOf(), known)];
  return [];
}

function describeBytes(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function propertiesOf(value: object, known: Known): string[] {
  if (ArrayBuffer.isView(value) || nameClass(value) === 'String') return [];
  const keys = Reflect.ownKeys(value);
  // Which of its properties an error gets first is up to its class.
  if (value instanceof Error) keys.sort((one, other) => String(one).localeCompare(String(other)));
  return keys.map((key) => {
    const { enumerable = false, value: item } = Object.getOwnPropertyDescriptor(value, key) ?? {};
    return `${enumerable ? '' : 'hidden '}${describe(key, known)}: ${describe(item, known)}`;
  });
}
