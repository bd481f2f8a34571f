import { setTimeout as wait } from 'node:timers/promises';
import { LinkError } from 'ipc-link';
import type { Contract } from 'ipc-link/contract';
import { fromMainPort, PORT_MESSAGE, type PortLimits, type PortMessage, servePort } from '#port';
import type { MessagePortMain, WebFrameMain } from 'electron';
import { passOn } from './forward-calls.ts';

/** The part of a SidecarHost that hands ports over to sidecars. */
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
  /** Called when the sidecar has the port, which this process then no longer closes. */
  readonly onHandedOver: () => void;
}

/**
 * How long to wait for the reason why a port was lost. The port may close shortly before the host learns that the process has
 * ended. Where the port closed for another reason and the process lives on, there would be nothing to wait for.
 */
const EXPLAIN_MS = 2_000;

/** Hands the ports of pages over to sidecars, and tells a page later why it lost one. */
export class DirectPorts {
  readonly #source: PortSource;
  readonly #limits: PortLimits | undefined;
  /** By frame, and by the name of the port in that frame. */
  readonly #explains = new WeakMap<WebFrameMain, Map<string, Explain>>();

  constructor(source: PortSource, limits: PortLimits | undefined) {
    this.#source = source;
    this.#limits = limits;
  }

  handOver(port: MessagePortMain, handover: Handover): void {
    const { contract, operations, name, frame, onHandedOver } = handover;
    const called = operations.map((operation) => `${contract.name}.${operation}`);
    const controller = new AbortController();
    // The page may close while its port waits for a process.
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

  /** @returns Why the port of that name was lost, or null where this is not known. */
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
    // Older ports are forgotten, because a page asks only about its newest ones.
    const [oldest] = known.keys();
    if (known.size > 16 && oldest !== undefined) known.delete(oldest);
  }

  /** Serves a port that no process takes: each call that arrives through it fails with the reason. */
  #refuse(port: MessagePortMain, { name, operations }: Handover, error: unknown): void {
    const server = servePort(fromMainPort(port), { name, limits: this.#limits });
    for (const operation of operations) {
      server.handle(operation, (message) => {
        passOn(message, error);
        // The port closes, so that the page's next call asks for a new one.
        void server.close({ drain: 0 });
      });
    }
  }
}
