// The clients are AsyncDisposable. This makes the type known to a page's program, whatever its `lib` has.
/// <reference lib="esnext.disposable" preserve="true" />
import { linkCaller } from '../contract/caller.ts';
import { type Client, createClient } from '../contract/client.ts';
import type { Contract, Operation, Schema } from '../contract/define.ts';
import { Server } from '../link/server.ts';
import { randomBytes, toBase64Url } from '../platform/node.ts';
import { DirectCallers } from './direct-callers.ts';
import { notServedError } from './errors.ts';
import { explainedCaller } from './explained-caller.ts';
import { believeHost } from './host-errors.ts';
import { DESCRIBE_TASK, type ExposedContract, type Exposure, PORT_SERVER } from '../port/exposure.ts';
import { PageTransport, type PageWindow } from './page-transport.ts';

/** The contracts of an app by name. */
export type Contracts = Readonly<Record<string, Contract>>;

/** The typed clients of a page, by name. They are the same as in the main process. */
export type Sidecars<Cs extends Contracts> = { readonly [Name in keyof Cs]: Client<Cs[Name]> } & AsyncDisposable;

/** How long a page waits for its preload and the main process to answer. */
const CONNECT_MS = 10_000;

/**
 * Connects this page to the sidecars that its app serves to windows (`serveWindows` in the main process, with the
 * package's preload or one that has it in it).
 *
 * ```ts
 * const { files } = await connectSidecars<{ files: typeof filesContract }>();
 * const { text } = await files.checksum({ root }, { signal });
 * ```
 *
 * The calls reject with the same errors as in the main process, and with LinkError `ERR_LINK_PEER_LOST` when the
 * connection itself is lost; the next call connects again.
 *
 * @param contracts The contracts themselves, if values are to be validated in the page too. For the types alone they are not needed.
 * @returns The clients by their contracts' names. `await using`, or `[Symbol.asyncDispose]()`, closes the connection.
 * @throws LinkError `ERR_LINK_NO_PRELOAD` if no preload hands out ports, as in frames; `ERR_LINK_AUTH` if the app does
 * not trust this page; `ERR_LINK_OVERLOADED` if this page has too many ports already; `ERR_LINK_CONNECT` if the main
 * process did not answer within 10 s; `ERR_LINK_INVALID_ARGUMENT` for a contract that is not served to windows.
 */
export async function connectSidecars<Cs extends Contracts>(contracts?: Cs): Promise<Sidecars<Cs>> {
  const page = readPage();
  const server = new Server(`page-${toBase64Url(randomBytes(12))}`, {
    transport: new PageTransport(page),
    autoStart: false,
    connectTimeout: CONNECT_MS,
    heartbeat: Infinity,
    retry: 50,
    // A lost port can't be connected again. The next call gets a new one.
    reconnect: false,
  });
  const direct = new DirectCallers(server);
  try {
    const { value } = await server.send(PORT_SERVER, undefined, { task: DESCRIBE_TASK });
    const exposure = readExposure(value);
    const given: readonly Contract[] = Object.values(contracts ?? {});
    for (const { name } of given) if (!Object.hasOwn(exposure, name)) throw notServedError(name, Object.keys(exposure));
    const clients = Object.entries(exposure).map(([name, exposed]) => {
      const contract = given.find((one) => one.name === name);
      const caller = exposed.isDirect
        ? direct.callerOf(name)
        : explainedCaller(linkCaller(server, PORT_SERVER), believeHost);
      return [name, createClient(narrow(name, exposed, contract), caller)];
    });
    return Object.freeze({ ...Object.fromEntries(clients), [Symbol.asyncDispose]: () => server.close({ drain: 0 }) });
  } catch (error) {
    server.destroy();
    throw error;
  }
}

function readPage(): PageWindow {
  const page: object = globalThis;
  if (isPage(page)) return page;
  throw new TypeError('connectSidecars() is for the page of a window.');
}

function isPage(value: object): value is PageWindow {
  return 'document' in value && 'postMessage' in value && 'addEventListener' in value;
}

/** Reads which contracts the main process says it serves. The page trusts it, because it is the app's own. */
function readExposure(value: unknown): Exposure {
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

/** The operations of a contract that are served, with the contract's validators if it was given, or else with validators that accept everything. */
function narrow(name: string, { operations }: ExposedContract, contract: Contract | undefined): Contract {
  const entries = Object.entries(operations).map(([key, kind]) => [
    key,
    contract?.operations[key] ?? createOperation(kind),
  ]);
  return { name, operations: Object.fromEntries(entries) };
}

const anything: Schema = {
  '~standard': { version: 1, vendor: 'ipc-link', validate: (value) => ({ value }) },
};

function createOperation(kind: 'task' | 'stream'): Operation {
  return kind === 'task'
    ? { kind, input: anything, output: anything, progress: anything, idempotent: false }
    : { kind, input: anything, item: anything };
}
