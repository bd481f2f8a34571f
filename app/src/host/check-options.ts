import { inspect } from 'node:util';
import { MemoryTransport, Server } from 'ipc-link';
import { configError, reasonOf } from './errors.ts';
import type { LinkOptions, SidecarOptions } from './types.ts';

/** @param call The function that was given it. @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkObject(where: string, value: unknown, call?: string): void {
  if (typeof value !== 'object' || value === null) throw configError(where, 'must be an object', call);
}

/**
 * How long calls in flight may go on when processes are to end.
 *
 * @param call The function that was given the options.
 * @returns Milliseconds.
 * @throws LinkError `ERR_SIDECAR_CONFIG`
 */
export function readDrain(call: string, options: { readonly drain?: unknown }, byDefault: number): number {
  checkObject('its options', options, call);
  const { drain = byDefault } = options;
  checkDuration('drain', drain, { call });
  return Number(drain);
}

/** Two sidecars can not serve one contract, since it has to say which of them is meant. @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkContracts(sidecars: readonly (readonly [string, SidecarOptions])[]): void {
  const owners = new Map<string, string>();
  for (const [name, options] of sidecars) {
    checkObject(name, options);
    const { contract } = options;
    checkObject(`${name}.contract`, contract);
    const owner = owners.get(contract.name);
    const problem = `have the same contract '${contract.name}'; give one of them 'instances' instead`;
    if (owner !== undefined) throw configError(`'${owner}' and '${name}'`, problem);
    owners.set(contract.name, name);
  }
}

/** The sidecar's name becomes part of the names that its instances have on the link. @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkName(name: string): void {
  if (!/^[^/\\\p{Cc}]{1,100}$/u.test(name))
    throw configError(`the name '${name}'`, 'must have 1 to 100 characters, and no slashes among them');
}

/** Checks the options of the link now. The link itself would check them when a process starts. @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkLink(name: string, options: LinkOptions): void {
  try {
    void new Server(`${name}-1`, { ...options, autoStart: false, transport: new MemoryTransport() });
  } catch (error) {
    throw configError(`${name}.link`, `can't be: ${reasonOf(error).replace(/\.$/, '')}`);
  }
}

/** @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkWhole(where: string, values: Readonly<Record<string, unknown>>, least: number): void {
  for (const [key, value] of Object.entries(values)) {
    const isWhole = Number.isSafeInteger(value) || value === Infinity;
    const problem = `must be a whole number from ${least} on, not ${inspect(value, { depth: 0 })}`;
    if (!isWhole || Number(value) < least) throw configError(`${where}.${key}`, problem);
  }
}

/** @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkOneOf(
  where: string,
  values: Readonly<Record<string, unknown>>,
  allowed: readonly unknown[],
): void {
  for (const [key, value] of Object.entries(values)) {
    const problem = `must be one of ${allowed.map((each) => inspect(each)).join(', ')}, not ${inspect(value, { depth: 0 })}`;
    if (!allowed.includes(value)) throw configError(`${where}.${key}`, problem);
  }
}

/** @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkDurations(where: string, values: Readonly<Record<string, unknown>>, least = 0): void {
  for (const [key, value] of Object.entries(values)) checkDuration(`${where}.${key}`, value, { least });
}

function checkDuration(
  where: string,
  value: unknown,
  { least = 0, call }: { readonly least?: number; readonly call?: string },
): void {
  if (typeof value === 'number' && value >= least) return;
  const problem = `must be milliseconds from ${least} on, or Infinity for never, not ${inspect(value, { depth: 0 })}`;
  throw configError(where, problem, call);
}
