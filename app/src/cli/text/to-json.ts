/**
 * One line of JSON, also of values that JSON has not: bytes become base64, a BigInt its digits, a Map and a Set lists, an Error its
 * name, message, code and cause, and undefined becomes null.
 *
 * @param space As of JSON.stringify.
 */
export function toJson(value: unknown, space?: number): string {
  return JSON.stringify(value === undefined ? null : value, replace, space);
}

/** Called with the object that holds the value, since `toJSON` of a Buffer or Date has been called on `value` already. */
function replace(this: unknown, key: string, value: unknown): unknown {
  const original: unknown = typeof this === 'object' && this !== null ? Reflect.get(this, key) : value;
  if (ArrayBuffer.isView(original)) {
    return Buffer.from(original.buffer, original.byteOffset, original.byteLength).toString('base64');
  }
  if (original instanceof ArrayBuffer) return Buffer.from(original).toString('base64');
  if (typeof value === 'bigint') return value.toString();
  if (value instanceof Map || value instanceof Set) return [...value];
  if (value instanceof Error) {
    const { name, message, cause } = value;
    return {
      name,
      message,
      ...('code' in value ? { code: value.code } : {}),
      ...(cause === undefined ? {} : { cause }),
    };
  }
  return value;
}
