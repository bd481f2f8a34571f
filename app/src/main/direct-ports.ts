import { setTimeout as wait } from 'node:timers/promises';
import { LinkError } from 'ipc-link';
import type { Contract } from 'ipc-link/contract';
import { fromMainPort, PORT_MESSAGE, type PortLimits, type PortMessage, servePort } from '#port';
import type { MessagePortMain, WebFrameMain } from 'electron';
import { passOn } from './forward-calls.ts';

/** Whatever hands ports over to sidecars: a SidecarHost. */
export interface PortSource {
  takesPorts(contract: Contract): boolean;
  handOverPort(
    contract: Contract,
    handover: { readonly message: PortMessage; readonly port: unknown; readonly signal: AbortSignal },
  ): Promise<Explain>;
}

type Explain = (error: unknown) => Promise<unknown>;

interface Handover {
  readonly contract: Contract;
  readonly operations: readonly string[];
  /** The name that the page asked for. */
  readonly name: string;
  readonly frame: WebFrameMain;
  /** The port is the sidecar's from now on. */
  readonly onHandedOver: () => void;
}

/** A port may close before its process is known to have ended; for another reason it never will have. */
const EXPLAIN_MS = 2_000;

/** Brings the ports of pages to their sidecars, and knows afterwards why one was lost. */
export class DirectPorts {
  readonly #source: PortSource;
  readonly #limits: PortLimits | undefined;
  /** By frame and the name of the port there. */
  readonly #explains = new WeakMap<WebFrameMain, Map<string, Explain>>();

  constructor(source: PortSource, limits: PortLimits | undefined) {
    this.#source = source;
    this.#limits = limits;
  }

  handOver(port: MessagePortMain, handover: Handover): void {
    const { contract, operations, name, frame, onHandedOver } = handover;
    const called = operations.map((operation) => `${contract.name}.${operation}`);
    const controller = new AbortController();
    // While it waits here, the page may go.
    port.on('close', () => controller.abort());
    const message: PortMessage = { type: PORT_MESSAGE, name, operations: called, limits: { ...this.#limits } };
    this.#source.handOverPort(contract, { message, port, signal: controller.signal }).then(
      (explain) => {
        this.#remember(frame, name, explain);
        onHandedOver();
      },
      (error: unknown) => this.#refuse(port, { ...handover, operations: called }, error),
    );
  }

  /** @returns Why the port of that name was lost, or null where nobody knows. */
  async explain(frame: WebFrameMain, name: unknown): Promise<unknown> {
    const explain = this.#explains.get(frame)?.get(String(name));
    if (explain === undefined) return null;
    const lost = new LinkError('ERR_LINK_PEER_LOST', 'The port of the page was lost.');
    const reason = await Promise.race([explain(lost), wait(EXPLAIN_MS, null, { ref: false })]);
    return reason === lost ? null : reason;
  }

  #remember(frame: WebFrameMain, name: string, explain: Explain): void {
    const known = this.#explains.get(frame) ?? new Map<string, Explain>();
    this.#explains.set(frame, known.set(name, explain));
    // Of older ports nobody asks any more.
    const [oldest] = known.keys();
    if (known.size > 16 && oldest !== undefined) known.delete(oldest);
  }

  /** No process takes the port: every call through it is told why. */
  #refuse(port: MessagePortMain, { name, operations }: Handover, error: unknown): void {
    const server = servePort(fromMainPort(port), { name, limits: this.#limits });
    for (const operation of operations) {
      server.handle(operation, (message) => {
        passOn(message, error);
        // The next call asks for a port again.
        void server.close({ drain: 0 });
      });
    }
  }
}
