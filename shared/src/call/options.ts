import { invalidArgumentError } from './errors.ts';

/** Characters of a key at most: whoever receives one computes with all of it. */
export const MAX_KEY_LENGTH = 4_096;

/** What may be wrong with how a call is made; it comes from programs that no compiler has seen. */
interface UncheckedOptions {
  readonly signal?: unknown;
  readonly timeout?: unknown;
  readonly onProgress?: unknown;
  readonly onEnded?: unknown;
  readonly task?: unknown;
  readonly traceparent?: unknown;
  readonly key?: unknown;
}

/**
 * Looks at the options of a call before anything has begun.
 *
 * @returns What is wrong with them, or null.
 * @throws What a getter of theirs throws.
 */
export function findOptionProblem(options: unknown): string | null {
  if (!isObject(options)) return `options must be an object, not ${describe(options)}`;
  const { signal, timeout, onProgress, onEnded, task, traceparent, key }: UncheckedOptions = options;
  if (timeout !== undefined && !isDuration(timeout))
    return `timeout must be milliseconds above 0, or Infinity for none, not ${describe(timeout)}`;
  if (signal !== undefined && !isSignal(signal)) return `signal must be an AbortSignal, not ${describe(signal)}`;
  if (onProgress !== undefined && typeof onProgress !== 'function')
    return `onProgress must be a function, not ${describe(onProgress)}`;
  if (onEnded !== undefined && typeof onEnded !== 'function')
    return `onEnded must be a function, not ${describe(onEnded)}`;
  if (task !== undefined && typeof task !== 'string') return `task must be a string, not ${describe(task)}`;
  if (traceparent !== undefined && typeof traceparent !== 'string')
    return `traceparent must be a string, not ${describe(traceparent)}`;
  if (key !== undefined && typeof key !== 'string') return `key must be a string, not ${describe(key)}`;
  if (key !== undefined && key.length > MAX_KEY_LENGTH)
    return `key must have at most ${MAX_KEY_LENGTH} characters, not ${key.length}`;
  return null;
}

/** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` */
export function checkOptions(operation: string, options: unknown): void {
  const problem = findOptionProblem(options);
  if (problem !== null) throw invalidArgumentError(`${operation}(input, options)`, problem);
}

/** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` */
export function checkObject(where: string, value: unknown): void {
  if (!isObject(value)) throw invalidArgumentError(where, `must be an object, not ${describe(value)}`);
}

/** Whether it is a number of milliseconds: 0 is none at all, and `Infinity` never ends. */
export function isDuration(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

/** Whatever can be used as one: a polyfill's and another realm's are no instances of this realm's AbortSignal. */
function isSignal(value: unknown): value is AbortSignal {
  if (!isObject(value)) return false;
  try {
    const { aborted, addEventListener, removeEventListener }: Partial<Record<keyof AbortSignal, unknown>> = value;
    const canBeHeard = typeof addEventListener === 'function' && typeof removeEventListener === 'function';
    return typeof aborted === 'boolean' && canBeHeard;
  } catch {
    // A getter that throws: nobody could use it.
    return false;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

/** A value of an option, for the error that refuses it. Never throws. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.slice(0, 50));
  if (typeof value === 'function') return 'a function';
  return isObject(value) ? 'an object' : String(value);
}
