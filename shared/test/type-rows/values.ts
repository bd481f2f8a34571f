export class Point {
  readonly x = 1;
  readonly y = 2;
  get length(): number {
    return Math.hypot(this.x, this.y);
  }
}

export class Table extends Map<unknown, unknown> {}

/** The class as later editions of JavaScript have it. */
export const Resizable: new (length: number, options: { maxByteLength: number }) => ArrayBuffer = ArrayBuffer;

/** A class with private fields only. */
export class Account {
  readonly #balance = 1;
  balance(): number {
    return this.#balance;
  }
}

export class OddError extends RangeError {
  override readonly name = 'OddError';
  readonly code = 7;
}

/** An error that is alike each time, whoever makes it: its stack is made up. */
export function createError(type: new (message: string) => Error, own: object = {}): Error {
  return Object.assign(withHidden(new type('broken'), { stack: 'a stack' }), own);
}

/** Gives an object properties that are not enumerable. */
export function withHidden<Target extends object>(
  target: Target,
  properties: Readonly<Record<string, unknown>>,
): Target {
  for (const [key, value] of Object.entries(properties)) {
    Object.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: true });
  }
  return target;
}

export function nest(value: unknown, depth: number): unknown {
  return depth === 0 ? value : { in: nest(value, depth - 1) };
}

/** A value that is put into itself. */
export function ring<Value>(value: Value, put: (value: Value, self: Value) => void): Value {
  put(value, value);
  return value;
}

export function returnArguments(..._values: unknown[]): unknown {
  // oxlint-disable-next-line prefer-rest-params -- The arguments object itself is what is sent.
  return arguments;
}

export function* count(): Generator<number> {
  yield 1;
}

export async function* countLater(): AsyncGenerator<number> {
  yield 1;
}

export function withThrowingGetter(): object {
  return Object.defineProperty({}, 'trap', {
    enumerable: true,
    get() {
      throw new RangeError('trapped');
    },
  });
}

/** What a class of the platform has made, given a property. */
export function withMore(value: object): object {
  return Object.assign(value, { more: 1 });
}

/** An element of the page. */
export function createElement(name: string): object {
  return Reflect.get(globalThis, 'document').createElement(name);
}

export function createImageData(): object {
  return Reflect.construct(Reflect.get(globalThis, 'ImageData'), [1, 1]);
}

/** A page that isn't isolated from other origins has no `SharedArrayBuffer` at hand, but this one. */
export function shareMemory(): SharedArrayBuffer {
  const { Memory } = Reflect.get(globalThis, 'WebAssembly');
  const memory: object = new Memory({ initial: 1, maximum: 1, shared: true });
  return Reflect.get(memory, 'buffer');
}

export function createFloat16Array(): unknown {
  return Reflect.construct(Reflect.get(globalThis, 'Float16Array'), [1]);
}

/** Transfers the memory, which detaches the ArrayBuffer. */
export function detach(memory: ArrayBuffer): ArrayBuffer {
  structuredClone(memory, { transfer: [memory] });
  return memory;
}

let key: object | undefined;

/** Makes what can't be made at once. */
export async function prepareValues(): Promise<void> {
  if ('CryptoKey' in globalThis)
    key = await crypto.subtle.importKey('raw', new Uint8Array(16), 'AES-GCM', true, ['encrypt']);
}

export function cryptoKey(): object {
  if (key === undefined) throw new Error('Call prepareValues first.');
  return key;
}
