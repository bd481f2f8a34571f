import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type LinkError, MemoryTransport, Server } from 'ipc-link';
import type { Contract } from 'ipc-link/contract';
import { reduceEnvironment } from './env.ts';
import { configError, reasonOf } from './errors.ts';
import type { Launcher } from './launcher.ts';
import type { MachineOptions } from './machine.ts';
import type { LinkOptions, SidecarOptions } from './types.ts';

/** {@link SidecarOptions} with nothing left open. */
export interface ResolvedSidecar {
  readonly name: string;
  readonly contract: Contract;
  readonly launcher: Launcher;
  readonly entry: string | undefined;
  readonly args: readonly string[];
  readonly execArgv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly inspect: boolean | number;
  readonly instances: number;
  readonly concurrency: number;
  readonly queueLimit: number;
  readonly retries: number;
  readonly idleStopMs: number;
  readonly replaceStuckAfterMs: number;
  readonly machine: MachineOptions;
  readonly link: LinkOptions;
}

/** Fills in the defaults. @throws LinkError `ERR_SIDECAR_CONFIG` naming the option. */
export function resolveSidecarOptions(name: string, options: SidecarOptions): ResolvedSidecar {
  const { entry, instances = 1, concurrency = 16, retries = 1 } = options;
  const { idleStopMs = Infinity, replaceStuckAfterMs = Infinity } = options;
  checkName(name);
  if (instances === Infinity) throw configError(`${name}.instances`, "must be finite, or 'auto'");
  checkWhole(name, { instances: instances === 'auto' ? 1 : instances, concurrency }, 1);
  checkWhole(name, { retries }, 0);
  checkDurations(name, { idleStopMs, replaceStuckAfterMs });
  checkLink(name, options.link);
  return {
    name,
    contract: options.contract,
    launcher: options.launcher,
    entry: entry === undefined ? undefined : toPath(name, entry),
    args: options.args ?? [],
    execArgv: options.execArgv ?? [],
    env: reduceEnvironment(process.env, options.env ?? {}),
    cwd: options.cwd,
    inspect: options.inspect ?? false,
    instances: instances === 'auto' ? Math.max(1, availableParallelism() - 1) : instances,
    concurrency,
    queueLimit: resolveQueueLimit(name, options.queue ?? {}),
    retries,
    idleStopMs,
    replaceStuckAfterMs,
    machine: resolveMachineOptions(name, options),
    link: options.link ?? {},
  };
}

/** @param call What was called with it. @throws LinkError `ERR_SIDECAR_CONFIG` */
export function checkObject(where: string, value: unknown, call?: string): void {
  if (typeof value !== 'object' || value === null) throw configError(where, 'must be an object', call);
}

/**
 * How long calls in flight may go on when processes are to end.
 *
 * @param call What was called with it.
 * @returns Milliseconds.
 * @throws LinkError `ERR_SIDECAR_CONFIG`
 */
export function readDrain(call: string, options: { readonly drain?: unknown }, byDefault: number): number {
  checkObject('its options', options, call);
  const { drain = byDefault } = options;
  if (!isDuration(drain)) throw durationError('drain', drain, call);
  return drain;
}

function resolveQueueLimit(
  name: string,
  { limit = 1_024, whenFull = 'reject' }: NonNullable<SidecarOptions['queue']>,
): number {
  checkWhole(name, { 'queue.limit': limit }, 0);
  return whenFull === 'wait' ? Infinity : limit;
}

function resolveMachineOptions(name: string, options: SidecarOptions): MachineOptions {
  const { startTimeoutMs = 15_000, stopTimeoutMs = 2_000, killUnresponsiveAfterMs = Infinity } = options;
  const { maxCrashes = 3, windowMs = 300_000, minDelayMs = 100, maxDelayMs = 10_000 } = options.restart ?? {};
  checkDurations(name, { startTimeoutMs, stopTimeoutMs, killUnresponsiveAfterMs, windowMs, minDelayMs, maxDelayMs });
  checkWhole(name, { maxCrashes }, 1);
  return {
    startTimeoutMs,
    stopTimeoutMs,
    killUnresponsiveAfterMs,
    restart: { maxCrashes, windowMs, minDelayMs, maxDelayMs },
  };
}

function toPath(name: string, entry: string | URL): string {
  try {
    return entry instanceof URL || entry.startsWith('file:') ? fileURLToPath(entry) : entry;
  } catch (error) {
    throw configError(`${name}.entry`, `must be a path or a file: URL, not ${String(entry)} (${reasonOf(error)})`);
  }
}

/** It becomes part of the instances' names on the link. */
function checkName(name: string): void {
  if (!/^[^/\\\p{Cc}]{1,100}$/u.test(name))
    throw configError(`the name '${name}'`, 'must have 1 to 100 characters, and no slashes among them');
}

/** As the link itself does when a process is started, which would be late. */
function checkLink(name: string, options: LinkOptions = {}): void {
  try {
    void new Server(`${name}-1`, { ...options, autoStart: false, transport: new MemoryTransport() });
  } catch (error) {
    throw configError(`${name}.link`, `can't be: ${reasonOf(error).replace(/\.$/, '')}`);
  }
}

function checkWhole(name: string, values: Readonly<Record<string, number>>, least: number): void {
  for (const [key, value] of Object.entries(values)) {
    const isWhole = Number.isSafeInteger(value) || value === Infinity;
    if (!isWhole || value < least)
      throw configError(`${name}.${key}`, `must be a whole number from ${least} on, not ${value}`);
  }
}

function checkDurations(name: string, values: Readonly<Record<string, unknown>>): void {
  for (const [key, value] of Object.entries(values)) {
    if (!isDuration(value)) throw durationError(`${name}.${key}`, value);
  }
}

function isDuration(value: unknown): value is number {
  return typeof value === 'number' && value >= 0;
}

function durationError(where: string, value: unknown, call?: string): LinkError {
  return configError(where, `must be a number of milliseconds from 0 on, not ${String(value)}`, call);
}
