import { LinkError } from '../link-error.ts';
import * as platform from '../platform/node.ts';
import { tooManyValuesError, unserializableError } from './errors.ts';
import { binaryTypes, errorTypes, type Node, NodeTag, type Slot, Special } from './graph.ts';
import { MAX_VALUES } from './limits.ts';

export interface EncodedGraph {
  readonly nodes: readonly Node[];
  readonly attachments: readonly Uint8Array[];
}

/** The graph of a value that may have parts that can't be sent. */
export interface LooseGraph extends EncodedGraph {
  /** Nodes whose value can't be sent. They are empty. */
  readonly unsendable: ReadonlySet<number>;
  /** Nodes that are useless in part: instances of classes, and boxes. */
  readonly indivisible: ReadonlySet<number>;
}

/** @throws LinkError `ERR_LINK_UNSERIALIZABLE` naming the part that can't be sent; `ERR_LINK_TOO_LARGE`. */
export function encodeGraph(value: unknown): EncodedGraph {
  return new GraphEncoder(null).encode(value);
}

/** Like `encodeGraph`, for a value that is sent even if parts of it can't be. Never throws. */
export function encodeLooseGraph(value: object): LooseGraph {
  const gaps: Gaps = { unsendable: new Set(), indivisible: new Set() };
  return { ...new GraphEncoder(gaps).encode(value), ...gaps };
}

interface Gaps {
  readonly unsendable: Set<number>;
  readonly indivisible: Set<number>;
}

/** A failure is cut off after so many objects. Nobody would read more. */
const MAX_LOOSE_NODES = 65_536;

/** The place of a value, for the path in an error. */
interface Place {
  readonly value: unknown;
  readonly parent: Place | null;
  readonly key: unknown;
}

/** Encodes breadth first, with a queue instead of recursion, so that deep values don't overflow the stack. */
class GraphEncoder {
  readonly #nodes: Node[] = [];
  readonly #attachments: Uint8Array[] = [];
  readonly #queue: Place[] = [];
  readonly #indexes = new Map<unknown, number>();
  readonly #gaps: Gaps | null;

  /** @param gaps Collects the nodes that can't be sent. Without it such a node is an error. */
  constructor(gaps: Gaps | null) {
    this.#gaps = gaps;
  }

  encode(value: unknown): EncodedGraph {
    const root = this.#slot(value, null, 'data');
    if (!Array.isArray(root) || root[0] < 0) return { nodes: [[NodeTag.value, root]], attachments: [] };
    for (const place of this.#queue) this.#nodes.push(this.#tryNode(place));
    return { nodes: this.#nodes, attachments: this.#attachments };
  }

  #tryNode(place: Place): Node {
    const index = this.#nodes.length;
    try {
      if (this.#gaps !== null && index >= MAX_LOOSE_NODES) throw tooManyValuesError();
      return this.#node(place);
    } catch (error) {
      if (this.#gaps !== null) {
        this.#gaps.unsendable.add(index);
        return [NodeTag.object];
      }
      if (error instanceof LinkError) throw error;
      throw unserializableError(describePath(place), "something that can't be read", error);
    }
  }

  #slot(value: unknown, parent: Place | null, key: unknown): Slot {
    switch (typeof value) {
      case 'boolean':
        return value;
      case 'number':
        return numberSlot(value);
      case 'undefined':
        return [Special.undefined];
      case 'string':
        return value.isWellFormed() ? value : this.#reference(value, parent, key);
      case 'object':
        return value === null ? null : this.#reference(value, parent, key);
      default:
        return this.#reference(value, parent, key);
    }
  }

  #reference(value: unknown, parent: Place | null, key: unknown): Slot {
    let index = this.#indexes.get(value);
    if (index === undefined) {
      if (this.#queue.length >= MAX_VALUES) throw tooManyValuesError();
      index = this.#queue.push({ value, parent, key }) - 1;
      this.#indexes.set(value, index);
    }
    return [index];
  }

  #node(place: Place): Node {
    const { value } = place;
    if (typeof value === 'bigint') return [NodeTag.bigint, value.toString(16)];
    if (typeof value === 'string') return [NodeTag.wideString, this.#attach(platform.encodeUtf16(value))];
    if (Array.isArray(value)) return this.#arrayNode(value, place);
    if (ArrayBuffer.isView(value) || platform.isAnyArrayBuffer(value)) return this.#binaryNode(value, place);
    if (platform.isMap(value)) return [NodeTag.map, ...this.#entries(value, place)];
    if (platform.isSet(value)) return [NodeTag.set, ...Array.from(value, (item) => this.#slot(item, place, '<item>'))];
    if (platform.isDate(value)) return [NodeTag.date, numberSlot(value.getTime())];
    if (platform.isRegExp(value)) return [NodeTag.regExp, value.source, value.flags];
    if (platform.isBoxedPrimitive(value)) return this.#boxedNode(value, place);
    if (isError(value)) return this.#errorNode(value, place);
    if (typeof value !== 'object' || value === null)
      throw unserializableError(describePath(place), `a ${typeof value}`);
    return this.#objectNode(value, place);
  }

  #arrayNode(array: readonly unknown[], place: Place): Node {
    const filled = Object.keys(array).filter((key) => String(Number(key) >>> 0) === key);
    if (filled.length === array.length) return [NodeTag.array, ...array.map((item, i) => this.#slot(item, place, i))];
    const pairs = filled.map(Number).flatMap((index) => [index, this.#slot(array[index], place, index)]);
    return [NodeTag.sparseArray, array.length, ...pairs];
  }

  #entries(entries: Iterable<readonly [unknown, unknown]>, place: Place): Slot[] {
    const slots: Slot[] = [];
    for (const [key, item] of entries) slots.push(this.#slot(key, place, '<key>'), this.#slot(item, place, key));
    return slots;
  }

  #boxedNode(value: object, place: Place): Node {
    this.#gaps?.indivisible.add(this.#nodes.length);
    return [NodeTag.boxed, this.#slot(value.valueOf(), place, 'valueOf()')];
  }

  #errorNode(error: Error, place: Place): Node {
    const properties = new Map(this.#read(error, errorKeys(error), place));
    const name = properties.get('name');
    const isKnown = typeof name === 'string' && errorTypes.has(name);
    if (isKnown) properties.delete('name');
    return [NodeTag.error, isKnown ? name : 'Error', ...this.#entries(properties, place)];
  }

  /** The own enumerable properties with string keys, which structured clone takes from an object of any class too. */
  #objectNode(value: object, place: Place): Node {
    const what = describeUnclonable(value);
    if (what !== null) throw unserializableError(describePath(place), what);
    const entries = this.#read(value, Object.keys(value), place);
    const isPlain = isPlainLooking(value);
    // The content of such an object is in private fields, symbols or its class. Sending an empty object would lose it silently.
    if (entries.length === 0 && !isPlain)
      throw unserializableError(describePath(place), `${nameClass(value)} without properties of its own`);
    if (!isPlain) this.#gaps?.indivisible.add(this.#nodes.length);
    return [NodeTag.object, ...this.#entries(entries, place)];
  }

  #read(owner: object, keys: Iterable<string>, place: Place): (readonly [string, unknown])[] {
    const entries: (readonly [string, unknown])[] = [];
    for (const key of keys) entries.push([key, this.#get(owner, key, place)]);
    return entries;
  }

  #get(owner: object, key: string, place: Place): unknown {
    try {
      return Reflect.get(owner, key);
    } catch (error) {
      // A symbol stands for a value that can't be read. It can't be sent either.
      if (this.#gaps !== null) return Symbol(key);
      throw unserializableError(describePath(place), 'an object with a getter that throws', error);
    }
  }

  #binaryNode(value: ArrayBufferView | ArrayBufferLike, place: Place): Node {
    const isView = ArrayBuffer.isView(value);
    if (platform.isSharedArrayBuffer(isView ? value.buffer : value))
      throw unserializableError(describePath(place), 'shared memory');
    const name = isView ? nameView(value) : 'ArrayBuffer';
    if (isView && name !== 'Buffer' && !binaryTypes.has(name))
      throw unserializableError(describePath(place), `a ${name}`);
    return [NodeTag.binary, name, this.#attach(readBytes(value, place))];
  }

  #attach(bytes: Uint8Array): number {
    return this.#attachments.push(bytes) - 1;
  }
}

function numberSlot(value: number): Slot {
  if (Number.isNaN(value)) return [Special.nan];
  if (Object.is(value, -0)) return [Special.negativeZero];
  if (Number.isFinite(value)) return value;
  return [value > 0 ? Special.infinity : Special.negativeInfinity];
}

function isError(value: unknown): value is Error {
  return value instanceof Error || platform.isNativeError(value);
}

/** The properties of an error: those that may be in its class, such as `name`, and its own. */
function errorKeys(error: Error): Set<string> {
  const keys = ['message', 'stack', 'name'];
  if ('cause' in error) keys.push('cause');
  // The errors of an AggregateError, which arrives as a plain Error with this property when it is sent.
  if ('errors' in error) keys.push('errors');
  return new Set([...keys, ...Object.keys(error)]);
}

function readBytes(value: ArrayBufferView | ArrayBufferLike, place: Place): Uint8Array {
  try {
    if (!ArrayBuffer.isView(value)) return new Uint8Array(value);
    return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  } catch (error) {
    throw unserializableError(describePath(place), 'memory that was handed to somebody else (detached)', error);
  }
}

/** Whether the prototype is the root of a prototype chain, in any realm. */
function isPlainLooking(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return typeof prototype !== 'object' || prototype === null || Object.getPrototypeOf(prototype) === null;
}

function nameClass(value: object): string {
  return typeof value.constructor === 'function' && value.constructor.name !== ''
    ? `an instance of ${value.constructor.name}`
    : 'an object with a prototype of its own';
}

/** Whether an object has a meaning only in its own process. */
function describeUnclonable(value: object): string | null {
  if (platform.isPromise(value)) return 'a Promise';
  if (platform.isWeak(value)) return 'a weak reference';
  if (platform.isSharedArrayBuffer(value)) return 'shared memory';
  if (platform.isGeneratorObject(value)) return 'a generator';
  if (platform.tagOf(value).endsWith(' Iterator]')) return 'an iterator';
  // A Proxy of a plain object is sent as what it shows. The content of any other object can't be read through a Proxy.
  if (platform.isProxy(value) && !isPlainLooking(value)) return 'a Proxy';
  if (platform.isBuiltIn(value)) return `${nameClass(value)}, whose content is not in properties of its own`;
  return null;
}

function nameView(view: ArrayBufferView): string {
  return platform.isBuffer(view) ? 'Buffer' : platform.tagOf(view).slice('[object '.length, -1);
}

/** Not recursive, because a value may have any depth. */
function describePath(place: Place): string {
  const steps: string[] = [];
  for (let at = place; at.parent !== null; at = at.parent) steps.push(describeStep(at.key));
  return steps.toReversed().join('');
}

function describeStep(key: unknown): string {
  if (typeof key === 'number') return `[${key}]`;
  return `.${typeof key === 'string' ? key : '<key>'}`;
}
