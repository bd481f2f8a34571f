import { decodeUtf16 } from '../platform/node.ts';
import type { Attachments } from './attachments.ts';
import { protocolError } from './errors.ts';
import { binaryTypes, errorTypes, NodeTag, Special } from './graph.ts';

/**
 * Rebuilds a value from its nodes. It first makes an empty object for every node, and then fills these.
 *
 * @param nodes The nodes as they came from outside, of which nothing has been checked.
 * @throws LinkError `ERR_LINK_PROTOCOL` if no graph encoder can have written them.
 */
export function decodeGraph(nodes: unknown, attachments: Attachments | null): unknown {
  if (!Array.isArray(nodes) || nodes.length === 0) throw protocolError('a graph without nodes');
  const graph = nodes.map(readNode);
  const values = graph.map((node) => createShell(node, attachments));
  graph.forEach(({ tag, rest }, index) => {
    if (tag === NodeTag.boxed) values[index] = boxPrimitive(rest[0], values);
  });
  const resolve = (slot: unknown): unknown => readSlot(slot, values);
  const [first] = graph;
  if (first?.tag === NodeTag.value) return resolve(first.rest[0]);
  graph.forEach((node, index) => fillShell(node, values[index], resolve));
  return values[0];
}

interface ReadNode {
  readonly tag: string;
  readonly rest: readonly unknown[];
}

function readNode(node: unknown): ReadNode {
  if (!Array.isArray(node) || typeof node[0] !== 'string') throw protocolError('a graph node of an unknown shape');
  return { tag: node[0], rest: node.slice(1) };
}

function createShell({ tag, rest }: ReadNode, attachments: Attachments | null): unknown {
  switch (tag) {
    case NodeTag.value:
    case NodeTag.boxed:
      return undefined;
    case NodeTag.object:
      return {};
    case NodeTag.array:
    case NodeTag.sparseArray:
      return [];
    case NodeTag.map:
      return new Map();
    case NodeTag.set:
      return new Set();
    case NodeTag.date:
      return new Date(Number(readSlot(rest[0], [])));
    case NodeTag.regExp:
      return readRegExp(rest);
    case NodeTag.error:
      return createError(errorTypes.get(String(rest[0])) ?? Error);
    case NodeTag.bigint:
      return readBigInt(rest[0]);
    case NodeTag.wideString:
      return decodeUtf16(readAttachment(rest[0], attachments));
    case NodeTag.binary:
      return readBinary(rest[0], readAttachment(rest[1], attachments));
    default:
      throw protocolError(`a graph node of unknown kind ${JSON.stringify(tag)}`);
  }
}

/** The error gets the stack of the sender. Making a stack here would take longer than everything else. */
function createError(type: ErrorConstructor): Error {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return new type();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

function fillShell({ tag, rest }: ReadNode, value: unknown, resolve: (slot: unknown) => unknown): void {
  if (tag === NodeTag.object) return eachPair(rest, (key, item) => define(value, resolve(key), resolve(item), true));
  if (Array.isArray(value))
    return tag === NodeTag.array ? fillArray(value, rest, resolve) : fillSparse(value, rest, resolve);
  if (value instanceof Map) return eachPair(rest, (key, item) => value.set(resolve(key), resolve(item)));
  if (value instanceof Set) return rest.forEach((item) => value.add(resolve(item)));
  if (value instanceof Error && tag === NodeTag.error) fillError(value, rest.slice(1), resolve);
}

function fillArray(array: unknown[], items: readonly unknown[], resolve: (slot: unknown) => unknown): void {
  for (const item of items) array.push(resolve(item));
}

function fillSparse(array: unknown[], rest: readonly unknown[], resolve: (slot: unknown) => unknown): void {
  const length = rest[0];
  if (typeof length !== 'number' || length >>> 0 !== length) throw protocolError('a sparse array without a length');
  setLength(array, length);
  eachPair(rest.slice(1), (index, item) => {
    if (typeof index !== 'number' || index >>> 0 !== index || index >= length) throw protocolError('a bad array index');
    array[index] = resolve(item);
  });
}

/** Assigning `length` would allocate memory for the whole list at once, even if little of it is filled. */
function setLength(array: unknown[], length: number): void {
  if (length === 0) return;
  array[length - 1] = undefined;
  Reflect.deleteProperty(array, length - 1);
}

function fillError(error: Error, rest: readonly unknown[], resolve: (slot: unknown) => unknown): void {
  const hidden = new Set<unknown>(['message', 'stack', 'name', 'cause', 'errors']);
  eachPair(rest, (key, item) => define(error, resolve(key), resolve(item), !hidden.has(key)));
}

/** Defines the property instead of assigning it, so that a key `__proto__` is an ordinary property. */
function define(target: unknown, key: unknown, value: unknown, enumerable: boolean): void {
  if (typeof target !== 'object' || target === null || typeof key !== 'string')
    throw protocolError('a property without a name');
  Object.defineProperty(target, key, { value, enumerable, writable: true, configurable: true });
}

function eachPair(items: readonly unknown[], visit: (key: unknown, item: unknown) => void): void {
  if (items.length % 2 !== 0) throw protocolError('a key without a value');
  for (let index = 0; index < items.length; index += 2) visit(items[index], items[index + 1]);
}

function readSlot(slot: unknown, values: readonly unknown[]): unknown {
  if (!Array.isArray(slot)) {
    if (typeof slot === 'object' && slot !== null) throw protocolError('a slot that is an object');
    return slot;
  }
  const [index] = slot;
  if (typeof index === 'number' && index >= 0 && index < values.length) return values[index];
  switch (index) {
    case Special.undefined:
      return undefined;
    case Special.nan:
      return Number.NaN;
    case Special.infinity:
      return Number.POSITIVE_INFINITY;
    case Special.negativeInfinity:
      return Number.NEGATIVE_INFINITY;
    case Special.negativeZero:
      return -0;
    default:
      throw protocolError('a reference to a node that is not there');
  }
}

/** Boxes contain primitives. Some primitives are nodes of their own. */
function boxPrimitive(slot: unknown, values: readonly unknown[]): unknown {
  const value = readSlot(slot, values);
  if (value === undefined || typeof value === 'object') throw protocolError('a box around what is no primitive');
  return Object(value);
}

function readRegExp([source, flags]: readonly unknown[]): RegExp {
  try {
    return new RegExp(String(source), String(flags));
  } catch (error) {
    throw protocolError('a regular expression that does not parse', error);
  }
}

function readBigInt(digits: unknown): bigint {
  if (typeof digits !== 'string' || !/^-?[\da-f]+$/.test(digits))
    throw protocolError('a bigint that is not hexadecimal digits');
  return digits.startsWith('-') ? -BigInt(`0x${digits.slice(1)}`) : BigInt(`0x${digits}`);
}

function readAttachment(number: unknown, attachments: Attachments | null): Uint8Array {
  if (attachments === null) throw protocolError('an attachment where there are none');
  return attachments.take(number);
}

function readBinary(name: unknown, bytes: Uint8Array): unknown {
  if (name === 'Buffer') return bytes;
  if (name === 'Uint8Array') return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const copy = new Uint8Array(bytes).buffer;
  if (name === 'ArrayBuffer') return copy;
  const type = binaryTypes.get(String(name));
  if (type === undefined) throw protocolError('binary data of an unknown type');
  try {
    return new type(copy);
  } catch (error) {
    throw protocolError('binary data of a length that its type does not allow', error);
  }
}
