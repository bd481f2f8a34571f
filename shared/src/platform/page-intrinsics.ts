/** Reads a built-in method or getter, so that later changes to its holder have no effect. Call it with `Reflect.apply`. */
export function intrinsic(holder: object, key: string): (...values: never) => unknown {
  const property = Reflect.getOwnPropertyDescriptor(holder, key);
  const method: unknown = property?.get ?? property?.value;
  if (!isFunction(method)) throw new TypeError(`The link needs ${key}, which this page's JavaScript does not have.`);
  return method;
}

function isFunction(value: unknown): value is (...values: never) => unknown {
  return typeof value === 'function';
}
