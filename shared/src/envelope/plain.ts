import { SeenObjects } from './seen-objects.ts';

/** Deeper values are left to the graph encoder, which doesn't recurse. */
export const MAX_DEPTH = 64;

/** Keys that JSON.stringify, JSON.parse and readers of MessagePack may treat in a special way. The graph writes them as values. */
export function isUnsafeKey(key: string): boolean {
  return key === '__proto__' || key === 'constructor' || key === 'toJSON';
}

const seen = new SeenObjects();

/**
 * Whether JSON keeps the value as it is: a tree (no object twice) of nulls, booleans, finite numbers, strings, arrays and
 * plain objects. Everything else is left to the graph encoder.
 */
export function isPlain(value: unknown): boolean {
  try {
    return isPlainValue(value, 0);
  } catch {
    // A getter throws. The graph encoder will call it too, and names it in its error.
    return false;
  } finally {
    seen.clear();
  }
}

function isPlainValue(value: unknown, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isFinite(value) && !Object.is(value, -0);
    case 'boolean':
      return true;
    case 'object':
      return value === null || isPlainObject(value, depth);
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (depth >= MAX_DEPTH || !seen.add(value)) return false;
  if (Array.isArray(value)) return isPlainArray(value, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return isPlainRecord(value, depth);
  return false;
}

function isPlainArray(array: readonly unknown[], depth: number): boolean {
  for (let index = 0; index < array.length; index++) {
    const item = array[index];
    if (item === undefined && !(index in array)) return false;
    if (!isPlainValue(item, depth + 1)) return false;
  }
  return true;
}

function isPlainRecord(record: object, depth: number): boolean {
  for (const key in record) {
    if (isUnsafeKey(key) || !key.isWellFormed()) return false;
    if (!isPlainValue(Reflect.get(record, key), depth + 1)) return false;
  }
  return true;
}
