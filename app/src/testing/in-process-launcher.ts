import { MemoryTransport, type Transport } from 'ipc-link';
import { type Contract, createLog, type Handlers, serveContract } from 'ipc-link/contract';
import type { Launcher } from '../host/launcher.ts';
import { InProcessSidecar } from './in-process-sidecar.ts';

/** How a sidecar of an {@link InProcessLauncher} is to crash. */
export interface CrashOptions {
  /** The only instance that crashes, by its name in `status()`, such as 'files-1'. @default every instance */
  readonly instance?: string;
  /** The code that it seems to exit with. @default 1 */
  readonly exitCode?: number;
  /** The signal that seems to end it, in place of an exit code. @default none */
  readonly signal?: NodeJS.Signals;
  /** What it prints on stderr before. @default nothing */
  readonly stderr?: string;
}

/** Runs sidecars within the process of their host, and makes them crash when a test wants it. */
export interface InProcessLauncher extends Launcher {
  /** In memory, so that no socket is made. */
  readonly transport: Transport;
  /**
   * Ends what runs as if its process had crashed: calls in flight reject with `ERR_SIDECAR_CRASHED`, and the host starts it
   * again as its `restart` says. The handlers' signals are aborted, but their code runs on, since there is no process to end.
   */
  crash(options?: CrashOptions): void;
}

/**
 * A launcher for tests: the handlers run in this process, and a `SidecarHost` works with them as with a sidecar, over a link in
 * memory. Nothing is forked, and no file or socket is made.
 *
 * ```ts
 * await using host = new SidecarHost({ sidecars: { files: { contract: files, launcher: inProcessLauncher(files, handlers) } } });
 * await host.start();
 * await host.client(files).checksum({ root });
 * ```
 *
 * @param contract The sidecar's, and `handlers` for it, as `serve` takes them.
 * @throws TypeError when an operation has no handler.
 */
export function inProcessLauncher<C extends Contract>(contract: C, handlers: Handlers<C>): InProcessLauncher {
  // A sidecar finds out when it starts, and would be started again and again.
  serveContract({ handle: () => {} }, contract, handlers, () => createLog(() => {}));
  const transport = new MemoryTransport();
  const started = new Map<string, InProcessSidecar>();
  return {
    transport,
    async launch({ label }) {
      const sidecar = new InProcessSidecar(transport, (server, startLog) =>
        serveContract(server, contract, handlers, startLog),
      );
      started.set(label, sidecar);
      return sidecar;
    },
    crash({ instance, exitCode = 1, signal = null, stderr } = {}) {
      const exit = { code: signal === null ? exitCode : null, signal };
      for (const [name, sidecar] of started) if (name === (instance ?? name)) sidecar.end(exit, stderr);
    },
  };
}
