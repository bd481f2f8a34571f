import { intrinsic } from './page-intrinsics.ts';
import type { Platform } from './platform.ts';

/**
 * What kind of object a value is, told by what only such objects answer to. All that is asked is taken from the built-in
 * classes at load, so that a page which changes their prototypes later doesn't change the answers.
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
/** The class itself is at hand only in pages that are isolated from other origins, but such memory is found in others too. */
export const isSharedArrayBuffer: Platform['isSharedArrayBuffer'] = (value): value is SharedArrayBuffer =>
  isObject(value) && 'byteLength' in value && !isArrayBuffer(value) && canBeViewed(value);
export const isMap: Platform['isMap'] = checkFor(Map, 'size');
export const isSet: Platform['isSet'] = checkFor(Set, 'size');
export const isDate: Platform['isDate'] = checkFor(Date, 'getTime');
export const isRegExp: Platform['isRegExp'] = checkFor(RegExp, 'source');
/** Nothing but an error has this name by itself. One that has given itself another is known by its class only. */
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

/** A Promise answers to nothing without being changed by it, nor does a generator: their class has to say it. */
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
    // The last one of all is Object's, in whichever realm.
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
 * An object without a name of its choice has the one that its kind gives it. One with such a name, which anybody may choose,
 * is asked for what only this kind of object can answer.
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
    // Asking in vain takes microseconds.
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
