import type { Notation } from './codec.ts';

/** Buffers from this size on travel as attachments, which are not copied into the encoded value. */
export const ATTACHMENT_BYTES = 4_096;

/** Deeper values are left to the graph encoder, which doesn't recurse. */
const MAX_DEPTH = 64;

/** Keys that the libraries below treat in a way of their own. */
const unsafeKeys = new Set(['__proto__', 'constructor', 'toJSON']);

/**
 * Whether a notation writes the value by itself, losing nothing: a tree (no object twice) of what the notation knows.
 * This runs on every message, so that the common ones pay for one walk and nothing else.
 */
export function isPlain(value: unknown, writes: Notation['writes']): boolean {
  try {
    return isPlainValue(value, writes, 0);
  } catch {
    // A getter that throws: the graph encoder meets it too and can name it.
    return false;
  } finally {
    forgetSeen();
  }
}

function isPlainValue(value: unknown, writes: Notation['writes'], depth: number): boolean {
  switch (typeof value) {
    case 'string':
      return value.isWellFormed();
    case 'number':
      return Number.isFinite(value) ? !Object.is(value, -0) : writes.nonFinite;
    case 'boolean':
      return true;
    case 'undefined':
      return writes.undefined;
    case 'bigint':
      return writes.int64 && BigInt.asIntN(64, value) === value;
    case 'object':
      return value === null || isPlainObject(value, writes, depth);
    default:
      return false;
  }
}

function isPlainObject(value: object, writes: Notation['writes'], depth: number): boolean {
  if (depth >= MAX_DEPTH || !seeFirst(value)) return false;
  if (Array.isArray(value)) return isPlainArray(value, writes, depth);
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === Object.prototype || prototype === null) return isPlainRecord(value, writes, depth);
  return writes.smallBuffers && Buffer.isBuffer(value) && value.length < ATTACHMENT_BYTES;
}

function isPlainArray(array: readonly unknown[], writes: Notation['writes'], depth: number): boolean {
  for (let index = 0; index < array.length; index++) {
    const item = array[index];
    if (item === undefined && !(index in array)) return false;
    if (!isPlainValue(item, writes, depth + 1)) return false;
  }
  return true;
}

function isPlainRecord(record: object, writes: Notation['writes'], depth: number): boolean {
  for (const key in record) {
    if (unsafeKeys.has(key) || !key.isWellFormed()) return false;
    if (!isPlainValue(Reflect.get(record, key), writes, depth + 1)) return false;
  }
  return true;
}

/** The first objects of a value are looked up in a list: most values have no more, and a Set costs an allocation. */
const LISTED = 8;
const listed: (object | null)[] = Array.from({ length: LISTED }, () => null);
const others = new Set<object>();
let seenCount = 0;

/** Whether the object has not been met in this value before. */
function seeFirst(value: object): boolean {
  const end = Math.min(seenCount, LISTED);
  for (let index = 0; index < end; index++) if (listed[index] === value) return false;
  if (seenCount >= LISTED) {
    if (others.has(value)) return false;
    others.add(value);
  } else {
    listed[seenCount] = value;
  }
  seenCount++;
  return true;
}

function forgetSeen(): void {
  if (seenCount > LISTED) others.clear();
  const end = Math.min(seenCount, LISTED);
  for (let index = 0; index < end; index++) listed[index] = null;
  seenCount = 0;
}
