import { estimateBytes } from 'ipc-link/contract';
import type { Preview } from './tick.ts';

/** Bytes of a binary value that are shown. */
const SHOWN_BYTES = 32;

/** Deeper values are left out. */
const DEEPEST = 12;

/** Shows any value as text of at most about so many characters, without walking through what is left out. Never throws. */
export function preview(value: unknown, maxCharacters: number): Preview {
  const writer = new Writer(maxCharacters);
  try {
    writer.write(value, 0);
    return { text: writer.text, bytes: sizeOf(value), isCut: writer.isFull };
  } catch (error) {
    // A getter or a Proxy of the value has thrown.
    return { text: `It can't be shown: ${String(error)}`, bytes: 0, isCut: true };
  }
}

/** What a text or binary value takes is known; of the rest it is estimated. */
function sizeOf(value: unknown): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  return ArrayBuffer.isView(value) ? value.byteLength : estimateBytes(value);
}

class Writer {
  text = '';
  isFull = false;
  readonly #max: number;
  readonly #above = new Set<object>();

  constructor(max: number) {
    this.#max = max;
  }

  write(value: unknown, depth: number): void {
    if (this.isFull) return;
    if (typeof value === 'string') return this.#addText(value);
    if (typeof value === 'bigint') return this.#add(`${value}n`);
    if (typeof value !== 'object' || value === null) return this.#add(String(value));
    if (ArrayBuffer.isView(value)) return this.#addBytes(value);
    if (value instanceof Date) return this.#add(Number.isNaN(value.getTime()) ? 'Invalid Date' : value.toISOString());
    if (this.#above.has(value)) return this.#add('[circular]');
    if (depth > DEEPEST) {
      this.#add('…');
      this.isFull = true;
      return;
    }
    this.#above.add(value);
    this.#addParts(value, depth);
    this.#above.delete(value);
  }

  #addParts(value: object, depth: number): void {
    if (Array.isArray(value)) return this.#addList('[]', value, (item) => this.write(item, depth + 1), depth);
    if (value instanceof Set) {
      this.#add('Set ');
      return this.#addList('[]', value, (item) => this.write(item, depth + 1), depth);
    }
    const isMap = value instanceof Map;
    if (isMap) this.#add('Map ');
    const entries: Iterable<readonly [unknown, unknown]> = isMap ? value : propertiesOf(value);
    this.#addList(
      '{}',
      entries,
      ([key, part]) => {
        this.write(key, depth + 1);
        this.#add(': ');
        this.write(part, depth + 1);
      },
      depth,
    );
  }

  #addList<Item>(brackets: string, items: Iterable<Item>, add: (item: Item) => void, depth: number): void {
    this.#add(brackets.slice(0, 1));
    let isEmpty = true;
    for (const item of items) {
      if (this.isFull) return;
      this.#add(`${isEmpty ? '' : ','}\n${'  '.repeat(depth + 1)}`);
      add(item);
      isEmpty = false;
    }
    this.#add(`${isEmpty ? '' : `\n${'  '.repeat(depth)}`}${brackets.slice(1)}`);
  }

  #addText(text: string): void {
    const room = this.#max - this.text.length;
    this.#add(JSON.stringify(text.length > room ? text.slice(0, Math.max(0, room)) : text));
    if (text.length > room) this.isFull = true;
  }

  #addBytes(view: ArrayBufferView): void {
    const bytes = new Uint8Array(view.buffer, view.byteOffset, Math.min(SHOWN_BYTES, view.byteLength));
    const shown = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const rest = view.byteLength > SHOWN_BYTES ? ' …' : '';
    this.#add(`${view.constructor.name} of ${view.byteLength} bytes <${shown}${rest}>`);
  }

  #add(text: string): void {
    if (this.isFull) return;
    this.text += text;
    if (this.text.length <= this.#max) return;
    this.text = `${this.text.slice(0, this.#max)}…`;
    this.isFull = true;
  }
}

/** An Error's name, message and cause are no own enumerable properties, and wanted. */
function* propertiesOf(value: object): Generator<readonly [string, unknown]> {
  if (value instanceof Error) {
    yield ['name', value.name];
    yield ['message', value.message];
    if (value.cause !== undefined) yield ['cause', value.cause];
  }
  for (const key of Object.keys(value)) yield [key, Reflect.get(value, key)];
}
