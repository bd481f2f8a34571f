/** Bytes that every value takes besides its content. */
const VALUE_BYTES = 8;

/**
 * Estimates how many bytes a value takes, in memory or in a message. The value may have any depth and may contain an object twice.
 * The result is good enough for limits, but not exact.
 */
export function estimateBytes(value: unknown): number {
  const seen = new Set<object>();
  const waiting: unknown[] = [value];
  let bytes = 0;
  while (waiting.length > 0) {
    const next = waiting.pop();
    bytes += VALUE_BYTES;
    if (typeof next === 'string') bytes += next.length;
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    if (ArrayBuffer.isView(next) || next instanceof ArrayBuffer) bytes += next.byteLength;
    else for (const part of partsOf(next)) waiting.push(part);
  }
  return bytes;
}

function partsOf(value: object): unknown[] {
  if (value instanceof Map) return [...value].flat();
  if (value instanceof Set) return [...value];
  if (value instanceof Error) return [value.message, value.stack, value.cause, ...Object.entries(value).flat()];
  // Object.values has only the items that are there. A list with holes may have any length.
  return Array.isArray(value) ? Object.values(value) : Object.entries(value).flat();
}
