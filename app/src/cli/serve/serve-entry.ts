import { existsSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { printable, Server } from 'ipc-link';
import type { Contract } from 'ipc-link/contract';
import { forkLauncher } from '../../host/fork.ts';
import { type LogEntry, SidecarHost, type StateChange } from '../../host/index.ts';
import { allowInspection } from '../../inspection/allow-inspection.ts';
import { fieldsOf } from '../../inspection/read-tick.ts';
import { forwardContract } from '../../main/forward-calls.ts';
import type { ServeFlags } from '../commands/serve.ts';
import type { CliContext } from '../context.ts';
import { CliError, usageError } from '../errors.ts';
import { ExitCode } from '../exit-codes.ts';
import { socketRootOf } from '../find/server-options.ts';

/** Task by which a host asks a sidecar for what it serves. */
const DESCRIBE_TASK = 'ipc-link.describe';
/** How long the sidecar may take to answer that. */
const DESCRIBE_TIMEOUT_MS = 10_000;

interface ServeRequest {
  /** Absolute path. */
  readonly entry: string;
  readonly args: readonly string[];
  readonly flags: ServeFlags;
}

/** What the sidecar serves. */
interface Served {
  readonly contract: string;
  readonly operations: readonly { readonly name: string; readonly kind: string }[];
}

/** Runs the sidecar until the context is interrupted, or it has failed for good. */
export async function serveEntry({ entry, args, flags }: ServeRequest, context: CliContext): Promise<void> {
  const { err, tell, interrupt } = context;
  if (!existsSync(entry)) throw usageError(`There is no file ${entry}.`);
  const sidecar = basename(entry, extname(entry));
  // What it serves isn't known before it runs. The host needs no more of a contract than its name.
  const contract: Contract = { name: sidecar, operations: {} };
  const host = new SidecarHost({
    sidecars: {
      [sidecar]: {
        contract,
        entry: join(import.meta.dirname, 'serve-module.js'),
        args: [entry, ...args],
        env: { ...process.env },
        launcher: forkLauncher(),
        instances: flags.instances,
      },
    },
    log: (line) => tell(describeLine(line)),
  });
  const failed = watchFailure(host);
  try {
    await Promise.race([host.start(), untilAborted(interrupt)]);
    if (interrupt.aborted) return;
    const served = await describeSidecar(host, contract);
    const name = flags.name ?? served.contract;
    await allowInspection(host, { name });
    await using server = await listen(name, { host, contract, served, flags });
    await err.write(greet(server.name, served, flags));
    await Promise.race([failed, untilAborted(interrupt)]);
  } finally {
    await host.stop();
  }
}

async function listen(
  name: string,
  { host, contract, served, flags }: { host: SidecarHost; contract: Contract; served: Served; flags: ServeFlags },
): Promise<Server> {
  const server = new Server(name, { socketRoot: socketRootOf(flags), appspace: flags.appspace, autoStart: false });
  // What goes wrong with a caller's connection is the caller's to hear.
  server.on('error', () => {});
  const source = { caller: () => host.caller(contract) };
  const operations = served.operations.map(({ name: operation }) => operation);
  // The user calls it: the sidecar checks what it is sent, as always.
  forwardContract(server, source, {
    contract: { ...contract, name: served.contract },
    operations,
    authorize: () => {},
  });
  await server.start().whenReady();
  return server;
}

/** @throws CliError where the sidecar doesn't tell. */
async function describeSidecar(host: SidecarHost, contract: Contract): Promise<Served> {
  const value = await host
    .caller(contract)
    .call(DESCRIBE_TASK, undefined, { timeout: DESCRIBE_TIMEOUT_MS })
    .catch((cause: unknown) => {
      const sentence = 'The sidecar does not say what it serves. It has to use serve() of this version of ipc-link.';
      throw new CliError(ExitCode.failed, sentence, { cause });
    });
  const [name = '', exposed] = Object.entries(fieldsOf(value))[0] ?? [];
  const operations = Object.entries(fieldsOf(fieldsOf(exposed)['operations']));
  return {
    contract: name,
    operations: operations.map(([operation, kind]) => ({ name: operation, kind: String(kind) })),
  };
}

/** Rejects when a sidecar is not started again. */
function watchFailure(host: SidecarHost): Promise<never> {
  const failed = new Promise<never>((_, reject) => {
    host.on('state', ({ state, error }: StateChange) => {
      if (state === 'failed')
        reject(new CliError(ExitCode.failed, error?.message ?? 'The sidecar has failed.', { cause: error }));
    });
  });
  // A start that fails is told by `start`.
  failed.catch(() => {});
  return failed;
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

function greet(name: string, { contract, operations }: Served, { socketRoot, appspace }: ServeFlags): string {
  const place = [
    ...(socketRoot === undefined ? [] : [` --socket-root ${word(socketRoot)}`]),
    ...(appspace === 'app.' ? [] : [` --appspace ${word(appspace)}`]),
  ].join('');
  const calls = operations.map(({ name: operation, kind }) => {
    const stream = kind === 'stream' ? ' --stream' : '';
    return `  npx ipc-link send ${word(name)} '{}' --task ${contract}.${operation}${stream}${place}`;
  });
  return `${[`'${name}' serves ${contract} until Ctrl-C. In another terminal:`, ...calls].map(printable).join('\n')}\n`;
}

/** A text as one word of a shell's command. */
function word(text: string): string {
  return /^[\w./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

function describeLine({ level, instance, message }: LogEntry): string {
  return `${printable(`${level} ${instance}: ${message}`)}\n`;
}
