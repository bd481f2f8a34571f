import type { Message, MessageListener, Server } from 'ipc-link';
import { type DirectLoad, fromMainPort, type MainPort, MOVE_TASK, type PortMessage, servePort } from '#port';

/** How often the host hears of a load that changes. */
const REPORT_MS = 250;

/** Durations that one report carries at most. */
const MAX_DURATIONS = 100;

/** Ports at once: one for each page, and a page may ask for another at any time. */
const MAX_PORTS = 128;

/** How long a page may take to hear that it should move. */
const MOVE_MS = 1_000;

export interface DirectPortsOptions {
  /** Adds the handlers of all operations to a Server. */
  readonly serve: (server: Pick<Server, 'handle'>) => void;
  /** Takes a load that has changed, at most every 250 ms. */
  readonly report: (load: DirectLoad) => void;
}

/** The ports of pages that end in this process: their calls are answered here, and the host only hears how many there are. */
export class DirectPorts {
  readonly #options: DirectPortsOptions;
  /** The Server at each port, with the name that its page has there. */
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
    // One that was on its way while the pages were moved is closed, and its page asks again.
    if (this.#isMoving || this.#servers.size >= MAX_PORTS) return port.close();
    const server = servePort(fromMainPort(port), { name, limits, onGone: () => this.#servers.delete(server) });
    this.#servers.add(server);
    const handle = (operation: string, listener: MessageListener): Server =>
      operations.includes(operation) ? server.handle(operation, (message) => this.#run(message, listener)) : server;
    this.#options.serve({ handle });
  }

  /** Sends every page elsewhere with its next call; what they have begun goes on. @returns What is left of it. */
  async movePages(): Promise<DirectLoad> {
    this.#isMoving = true;
    await Promise.all([...this.#servers].map((server) => this.#move(server)));
    return this.load;
  }

  async #move(server: Server): Promise<void> {
    const [page] = server.socketNames;
    // A page that doesn't answer is gone, or too busy to call.
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
