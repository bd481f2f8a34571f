/**
 * The graph notation holds values that MessagePack and JSON can't. It is a flat list of nodes that refer to each other by index, so
 * that cycles and shared objects are kept and no code recurses. Node 0 is the value. A slot inside a node is a string,
 * finite number, boolean or null as it is, or a one-element array: `[index]` of another node, or one of these:
 */
export const Special = {
  undefined: -1,
  hole: -2,
  nan: -3,
  infinity: -4,
  negativeInfinity: -5,
  negativeZero: -6,
} as const;

export type Slot = string | number | boolean | null | readonly [number];

/** A node's first element. Each comment shows the rest. */
export const NodeTag = {
  /** slot: the value is a primitive. */
  value: 'v',
  /** key slot, slot, ... */
  object: 'o',
  /** slot, ... */
  array: 'a',
  /** length, index, slot, ... */
  sparseArray: 'A',
  /** key slot, slot, ... */
  map: 'm',
  /** slot, ... */
  set: 's',
  /** milliseconds since 1970 */
  date: 'd',
  /** source, flags */
  regExp: 'r',
  /** class name, key slot, slot, ...: own properties, `message`, `stack` and `cause` among them */
  error: 'e',
  /** hexadecimal digits, with a minus sign where it is negative */
  bigint: 'n',
  /** attachment number: a string with a lone surrogate, in UTF-16 little-endian */
  wideString: 'u',
  /** type name, attachment number */
  binary: 'b',
  /** slot: a boxed primitive */
  boxed: 'p',
} as const;

export type Node = readonly [tag: string, ...slots: Slot[]];

/** Classes besides Buffer and ArrayBuffer whose bytes travel as attachments, by the name that travels. */
export const binaryTypes: ReadonlyMap<string, new (bytes: ArrayBuffer) => unknown> = new Map<
  string,
  new (bytes: ArrayBuffer) => unknown
>([
  ['DataView', DataView],
  ['Int8Array', Int8Array],
  ['Uint8Array', Uint8Array],
  ['Uint8ClampedArray', Uint8ClampedArray],
  ['Int16Array', Int16Array],
  ['Uint16Array', Uint16Array],
  ['Int32Array', Int32Array],
  ['Uint32Array', Uint32Array],
  ['Float32Array', Float32Array],
  ['Float64Array', Float64Array],
  ['BigInt64Array', BigInt64Array],
  ['BigUint64Array', BigUint64Array],
]);

/** Errors of these classes keep their class. Any other arrives as an Error with its `name`. */
export const errorTypes: ReadonlyMap<string, ErrorConstructor> = new Map(
  [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map((type) => [type.name, type]),
);
