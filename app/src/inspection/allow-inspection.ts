import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { basename, join, sep } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Server } from 'ipc-link';
import { createLog, type HandlerContext, serveContract } from 'ipc-link/contract';
import { configError } from '../host/errors.ts';
import type { SidecarHost } from '../host/index.ts';
import { inspectionContract, type WatchInput } from './contract.ts';
import { fileSuffix, writeEndpointFile } from './endpoint-file.ts';
import { folderError } from './errors.ts';
import { removeStale } from './find-endpoints.ts';
import { HostWatch } from './host-watch.ts';
import { InstanceWatch } from './instance-watch.ts';
import { openFolder } from './open-folder.ts';
import type { ConsoleInstance, ConsoleTick } from './tick.ts';

/** Options of `allowInspection`. */
export interface InspectionOptions {
  /** What the command line calls the host: 1 to 100 characters. @default the file name of the program */
  readonly name?: string;
}

/** A host that can be inspected. */
export interface Inspection extends Disposable {
  /** Ends it. Does nothing where it has ended. */
  close(): void;
}

/**
 * Lets other processes of this user see what the host does, such as the commands `list`, `top` and `trace` of `npx ipc-link`: its
 * instances, calls and log lines. They can read and change nothing else. It ends when the host stops, or by `close`.
 *
 * A socket is opened in a folder that only this user may enter (mode 0700), beside a file of mode 0600 with a secret that both sides have
 * to know. Until somebody asks, it costs nothing.
 *
 * ```ts
 * await using host = new SidecarHost({ sidecars });
 * await allowInspection(host, { name: 'photo-app' });
 * await host.start();
 * ```
 *
 * @returns When the host can be found.
 * @throws LinkError `ERR_INSPECTION_FOLDER` where there can be no such folder, or it is not this user's alone; `ERR_SIDECAR_CONFIG` for a name that can't be.
 */
export async function allowInspection(host: SidecarHost, options: InspectionOptions = {}): Promise<Inspection> {
  const { name = basename(process.argv[1] ?? process.execPath) } = options;
  if (!/^[^\p{Cc}]{1,100}$/u.test(name))
    throw configError('name', 'must have 1 to 100 characters', 'allowInspection()');
  const folder = await openFolder();
  await removeStale(folder);
  const id = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const secret = randomBytes(32);
  const server = new Server(id, {
    socketRoot: folder + sep,
    appspace: '',
    secret,
    autoStart: false,
    maxConnections: 16,
  });
  server.on('error', (error) => process.emitWarning(error));
  serveHost(server, host);
  await server.start().whenReady();
  const socket = join(folder, id);
  const file = socket + fileSuffix;
  const inspection = new OpenInspection(host, server, [file, socket]);
  try {
    await writeEndpointFile(file, { name, pid: process.pid, secret: secret.toString('base64') });
  } catch (error) {
    inspection.close();
    throw folderError(folder, 'could not be written to: is the disk full?', error);
  }
  return inspection;
}

class OpenInspection implements Inspection {
  readonly #host: SidecarHost;
  readonly #server: Server;
  readonly #files: readonly string[];
  /** Also when the process ends without stopping the host. */
  readonly #remove = (): void => {
    for (const file of this.#files) rmSync(file, { force: true });
  };
  readonly #end = (): void => this.close();

  constructor(host: SidecarHost, server: Server, files: readonly string[]) {
    this.#host = host;
    this.#server = server;
    this.#files = files;
    host.on('stop', this.#end);
    process.on('exit', this.#remove);
  }

  close(): void {
    this.#host.off('stop', this.#end);
    process.off('exit', this.#remove);
    this.#remove();
    void this.#server.close({ drain: 0 });
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

function serveHost(server: Server, host: SidecarHost): void {
  const handlers = {
    instances: (): ConsoleInstance[] => new InstanceWatch(host).read(0).instances,
    watch: (input: WatchInput, { signal }: HandlerContext): AsyncIterable<ConsoleTick> => watch(host, input, signal),
  };
  serveContract(server, inspectionContract, handlers, (id) => createLog(() => {}, id));
}

/** The reader's credit decides when the next tick is read, so that what a slow one misses is summed up. */
async function* watch(
  host: SidecarHost,
  { interval, kept }: WatchInput,
  signal: AbortSignal,
): AsyncGenerator<ConsoleTick> {
  const watching = new HostWatch(host, { successes: kept, failures: kept, lines: kept });
  watching.start();
  try {
    for (;;) {
      await wait(interval, undefined, { signal });
      yield watching.read();
    }
  } finally {
    watching.stop();
  }
}
