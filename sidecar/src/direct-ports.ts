import type { Message, MessageListener, Server } from 'ipc-link';
import { type DirectLoad, fromMainPort, type MainPort, MOVE_TASK, type PortMessage, servePort } from '#port';

/** How often a load that changes is reported to the host. */
const REPORT_MS = 250;

/** Durations that one report carries at most. */
const MAX_DURATIONS = 100;

/** Ports at once: one for each page, and a page may ask for another at any time. */
const MAX_PORTS = 128;

/** How long to wait until a page has heard that it should use another port. */
const MOVE_MS = 1_000;

export interface DirectPortsOptions {
  /** Adds the handlers of all operations to a Server. */
  readonly serve: (server: Pick<Server, 'handle'>) => void;
  /** Is called with the load when it has changed, at most every 250 ms. */
  readonly report: (load: DirectLoad) => void;
}

/** The ports of pages that lead to this process. It answers their calls, and reports only their number to the host. */
export class DirectPorts {
  readonly #options: DirectPortsOptions;
  /** The Server of each port, with the name of its page. */
  readonly #servers = new Set<Server>();
  readonly #running = new Set<Message>();
  #durations: number[] = [];
  #reported = '';
  #isScheduled = false;
  #isMoving = false;

  constructor(options: DirectPortsOptions) {
    this.#options = options;
  }

  get load(): DirectLoad {
    const abandoned = [...this.#running].filter(({ signal }) => signal.aborted).length;
    return { inFlight: this.#running.size, abandoned, durations: this.#durations };
  }

  add(port: MainPort, { name, operations, limits }: PortMessage): void {
    // A port that arrives after the pages were moved is closed, and its page asks for another.
    if (this.#isMoving || this.#servers.size >= MAX_PORTS) return port.close();
    const server = servePort(fromMainPort(port), { name, limits, onGone: () => this.#servers.delete(server) });
    this.#servers.add(server);
    const handle = (operation: string, listener: MessageListener): Server =>
      operations.includes(operation) ? server.handle(operation, (message) => this.#run(message, listener)) : server;
    this.#options.serve({ handle });
  }

  /** Tells every page to use another port for its next call. Calls that have begun go on. @returns The load that is left. */
  async movePages(): Promise<DirectLoad> {
    this.#isMoving = true;
    await Promise.all([...this.#servers].map((server) => this.#move(server)));
    return this.load;
  }

  async #move(server: Server): Promise<void> {
    const [page] = server.socketNames;
    // A page that doesn't answer is gone, or too busy to make a call.
    if (page !== undefined) await server.send(page, undefined, { task: MOVE_TASK, timeout: MOVE_MS }).catch(() => {});
    void server.close({ drain: Infinity });
  }

  async #run(message: Message, listener: MessageListener): Promise<void> {
    const startedAt = performance.now();
    this.#running.add(message);
    this.#schedule();
    try {
      await listener(message);
    } finally {
      this.#running.delete(message);
      if (this.#durations.length < MAX_DURATIONS) this.#durations.push(performance.now() - startedAt);
      this.#schedule();
    }
  }

  #schedule(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    setTimeout(() => this.#report(), REPORT_MS).unref();
  }

  #report(): void {
    this.#isScheduled = false;
    const { load } = this;
    this.#durations = [];
    const counts = `${load.inFlight} ${load.abandoned}`;
    if (counts === this.#reported && load.durations.length === 0) return;
    this.#reported = counts;
    this.#options.report(load);
  }
}
