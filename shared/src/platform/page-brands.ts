import { intrinsic } from './page-intrinsics.ts';
import type { Platform } from './platform.ts';

/**
 * Checks of what kind of object a value is, in pages, which lack Node's `util.types`. A check calls a built-in method or getter
 * that throws for objects of other kinds. These are read at load, so that a page which changes a prototype later does not
 * change the results.
 */

const { apply, construct, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { toStringTag } = Symbol;
const MemoryView = DataView;
const isPrototypeOf = intrinsic(Object.prototype, 'isPrototypeOf');
const describeClass = intrinsic(Object.prototype, 'toString');
const readSource = intrinsic(Function.prototype, 'toString');
const endsWith = intrinsic(String.prototype, 'endsWith');

export const tagOf: Platform['tagOf'] = (value) => String(apply(describeClass, value, []));

const isArrayBuffer = checkFor(ArrayBuffer, 'byteLength');
export const isAnyArrayBuffer: Platform['isAnyArrayBuffer'] = (value): value is ArrayBufferLike =>
  isArrayBuffer(value) || isSharedArrayBuffer(value);
/**
 * Other pages than those that are isolated from other origins have no SharedArrayBuffer class to check with, but can get shared
 * memory all the same, such as a WebAssembly memory's.
 */
export const isSharedArrayBuffer: Platform['isSharedArrayBuffer'] = (value): value is SharedArrayBuffer =>
  isObject(value) && 'byteLength' in value && !isArrayBuffer(value) && canBeViewed(value);
export const isMap: Platform['isMap'] = checkFor(Map, 'size');
export const isSet: Platform['isSet'] = checkFor(Set, 'size');
export const isDate: Platform['isDate'] = checkFor(Date, 'getTime');
export const isRegExp: Platform['isRegExp'] = checkFor(RegExp, 'source');
/** Only errors have this tag without a Symbol.toStringTag. An error that has a Symbol.toStringTag is not recognized. */
export const isNativeError: Platform['isNativeError'] = (value): value is Error =>
  isObject(value) && !(toStringTag in value) && tagOf(value) === '[object Error]';

const isNumber = checkFor(Number, 'valueOf');
const isString = checkFor(String, 'valueOf');
const isBoolean = checkFor(Boolean, 'valueOf');
const isBigInt = checkFor(BigInt, 'valueOf');
const isSymbol = checkFor(Symbol, 'valueOf');
export const isBoxedPrimitive: Platform['isBoxedPrimitive'] = (value): value is { valueOf(): unknown } =>
  isNumber(value) || isString(value) || isBoolean(value) || isBigInt(value) || isSymbol(value);

const isWeakMap = checkFor(WeakMap, 'has');
const isWeakSet = checkFor(WeakSet, 'has');
const isWeakRef = checkFor(WeakRef, 'deref');
export const isWeak: Platform['isWeak'] = (value) => isWeakMap(value) || isWeakSet(value) || isWeakRef(value);

/** Promises and generators have no method that could be called without a side effect, so that their prototypes are compared. */
const promise = Promise.prototype;
const generator = getPrototypeOf(function* () {}.prototype);
const asyncGenerator = getPrototypeOf(async function* () {}.prototype);
export const isPromise: Platform['isPromise'] = (value): value is Promise<unknown> => inherits(value, promise);
export const isGeneratorObject: Platform['isGeneratorObject'] = (value) =>
  inherits(value, generator) || inherits(value, asyncGenerator);
export const isProxy: Platform['isProxy'] = () => false;

export const isBuiltIn: Platform['isBuiltIn'] = (value) => {
  let prototype = getPrototypeOf(value);
  while (prototype !== null) {
    const next = getPrototypeOf(prototype);
    // The last prototype of the chain is Object.prototype of some realm, which all plain objects have.
    if (next !== null && isBuiltInClass(getOwnPropertyDescriptor(prototype, 'constructor')?.value)) return true;
    prototype = next;
  }
  return false;
};

function isBuiltInClass(constructor: unknown): boolean {
  return (
    typeof constructor === 'function' && apply(endsWith, apply(readSource, constructor, []), [') { [native code] }'])
  );
}

/**
 * Without a Symbol.toStringTag the tag of an object is decided by the JavaScript engine, and can be trusted. An object may set
 * that symbol to anything; then the check calls a method or getter that only objects of this kind have.
 */
function checkFor<Type extends object>(
  type: { readonly name: string; readonly prototype: Type },
  key: keyof Type & string,
): (value: unknown) => value is Type {
  const name = `[object ${type.name}]`;
  const ask = intrinsic(type.prototype, key);
  return (value): value is Type => {
    if (!isObject(value)) return false;
    if (!(toStringTag in value)) return tagOf(value) === name;
    // Checked first because a call that throws takes microseconds.
    if (!(key in value)) return false;
    try {
      apply(ask, value, []);
      return true;
    } catch {
      return false;
    }
  };
}

function canBeViewed(value: object): boolean {
  try {
    construct(MemoryView, [value]);
    return true;
  } catch {
    return false;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

function inherits(value: unknown, prototype: object | null): boolean {
  return prototype !== null && isObject(value) && apply(isPrototypeOf, prototype, [value]);
}
