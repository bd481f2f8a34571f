import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { checkDurations, checkLink, checkName, checkOneOf, checkWhole } from './check-options.ts';
import { reduceEnvironment } from './env.ts';
import { configError, reasonOf } from './errors.ts';
import type { MachineOptions } from './machine.ts';
import { priorities } from './priority.ts';
import type { SidecarOptions } from './types.ts';

/** {@link SidecarOptions} after checks, with a value for each option that has a default. */
export interface ResolvedSidecar extends Required<Pick<SidecarOptions, KeptOption>> {
  readonly name: string;
  readonly entry: string | undefined;
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string | undefined;
  readonly instances: number;
  readonly spares: number;
  readonly queueLimit: number;
  readonly idleStopMs: number;
  readonly replaceStuckAfterMs: number;
  readonly machine: MachineOptions;
}

type KeptOption =
  'contract' | 'launcher' | 'args' | 'execArgv' | 'priority' | 'inspect' | 'concurrency' | 'retries' | 'link';

/** Checks the options and fills in the defaults. @throws LinkError `ERR_SIDECAR_CONFIG` naming the option. */
export function resolveSidecarOptions(name: string, given: SidecarOptions): ResolvedSidecar {
  const options = renameOlder(name, given);
  const { entry, instances = 1, spares = 0, concurrency = 16, retries = 1 } = options;
  const { idleStop = Infinity, replaceStuckAfter = Infinity, priority = 'normal' } = options;
  checkName(name);
  if (instances === Infinity) throw configError(`${name}.instances`, "must be finite, or 'auto'");
  checkWhole(name, { instances: instances === 'auto' ? 1 : instances, concurrency }, 1);
  if (spares === Infinity) throw configError(`${name}.spares`, 'must be finite');
  checkWhole(name, { retries, spares }, 0);
  checkDurations(name, { idleStop, replaceStuckAfter });
  checkOneOf(name, { priority }, priorities);
  const link = options.link ?? {};
  checkLink(name, link);
  return {
    name,
    contract: options.contract,
    launcher: options.launcher,
    entry: entry === undefined ? undefined : toPath(name, entry),
    args: options.args ?? [],
    execArgv: options.execArgv ?? [],
    env: reduceEnvironment(process.env, options.env ?? {}),
    cwd: options.cwd,
    priority,
    inspect: options.inspect ?? false,
    instances: instances === 'auto' ? Math.max(1, availableParallelism() - 1) : instances,
    spares,
    concurrency,
    queueLimit: resolveQueueLimit(name, options.queue ?? {}),
    retries,
    idleStopMs: idleStop,
    replaceStuckAfterMs: replaceStuckAfter,
    machine: resolveMachineOptions(name, options),
    link,
  };
}

function resolveQueueLimit(
  name: string,
  { limit = 1_024, whenFull = 'reject' }: NonNullable<SidecarOptions['queue']>,
): number {
  checkWhole(name, { 'queue.limit': limit }, 0);
  return whenFull === 'wait' ? Infinity : limit;
}

function resolveMachineOptions(name: string, options: SidecarOptions): MachineOptions {
  const { startTimeout = 15_000, stopTimeout = 2_000, killUnresponsiveAfter = Infinity } = options;
  const restart = renameOlder(`${name}.restart`, options.restart ?? {});
  const { maxCrashes = 3, window = 300_000, minDelay = 100, maxDelay = 10_000 } = restart;
  checkDurations(name, { startTimeout }, 1);
  checkDurations(name, { stopTimeout, killUnresponsiveAfter });
  checkDurations(`${name}.restart`, { window, minDelay, maxDelay });
  checkWhole(`${name}.restart`, { maxCrashes }, 1);
  return {
    startTimeoutMs: startTimeout,
    stopTimeoutMs: stopTimeout,
    killUnresponsiveAfterMs: killUnresponsiveAfter,
    restart: { maxCrashes, windowMs: window, minDelayMs: minDelay, maxDelayMs: maxDelay },
  };
}

function toPath(name: string, entry: string | URL): string {
  try {
    return entry instanceof URL || entry.startsWith('file:') ? fileURLToPath(entry) : entry;
  } catch (error) {
    throw configError(`${name}.entry`, `must be a path or a file: URL, not ${String(entry)} (${reasonOf(error)})`);
  }
}

/** The names that options had until 1.0.0-alpha.1, for programs that still use them. The types have the new names only. */
const olderNames: Readonly<Record<string, string>> = {
  idleStopMs: 'idleStop',
  startTimeoutMs: 'startTimeout',
  stopTimeoutMs: 'stopTimeout',
  killUnresponsiveAfterMs: 'killUnresponsiveAfter',
  replaceStuckAfterMs: 'replaceStuckAfter',
  windowMs: 'window',
  minDelayMs: 'minDelay',
  maxDelayMs: 'maxDelay',
};

const warned = new Set<string>();

/** Gives options that have an older name their new one, and warns of each older name once. @throws LinkError `ERR_SIDECAR_CONFIG` */
function renameOlder<Options extends object>(where: string, options: Options): Options {
  const values = new Map<string, unknown>(Object.entries(options));
  const renamed = Object.entries(olderNames).flatMap(([older, name]): [string, unknown][] => {
    const value = values.get(older);
    if (value === undefined) return [];
    if (values.get(name) !== undefined)
      throw configError(
        `${where}.${older}`,
        `is the older name of '${name}', which is given too; leave '${older}' out`,
      );
    warnOfOlder(older, name);
    return [[name, value]];
  });
  return { ...options, ...Object.fromEntries(renamed) };
}

function warnOfOlder(older: string, name: string): void {
  if (warned.has(older)) return;
  warned.add(older);
  process.emitWarning(
    `new SidecarHost(): '${older}' is the older name of '${name}'. Write '${name}', which takes the same.`,
    {
      type: 'DeprecationWarning',
      code: 'IPC_LINK_DEP0001',
    },
  );
}
