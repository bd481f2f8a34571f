import { PLAY_MS, type PlayOperation, type PlayState } from '../../bridge/playground-messages.ts';
import type { SidecarHost } from '../../host/index.ts';
import { describeOperations } from './describe-operations.ts';
import { busyPlaygroundError, unknownOperationError } from './errors.ts';
import { type PlayMethod, PlayRun } from './play-run.ts';
import { readPlayRequest } from './read-play-request.ts';

/** Makes the calls that a console's page asks for, one run at a time. */
export class Playground {
  readonly #host: SidecarHost;
  readonly #tell: (state: PlayState) => void;
  #running: PlayRun | null = null;

  /** @param tell Hears how far a run has come, until it ends. */
  constructor(host: SidecarHost, tell: (state: PlayState) => void) {
    this.#host = host;
    this.#tell = tell;
  }

  get operations(): PlayOperation[] {
    return describeOperations(this.#host.contracts);
  }

  /** @returns How the run ended. @throws For a request that can't be, and while another run goes on. */
  async send(asked: unknown): Promise<PlayState> {
    const request = readPlayRequest(asked);
    if (this.#running !== null) throw busyPlaygroundError();
    const run = new PlayRun(this.#methodOf(request.contract, request.name), request);
    this.#running = run;
    const timer = setInterval(() => this.#tell(run.state), PLAY_MS);
    try {
      return await run.run();
    } finally {
      clearInterval(timer);
      this.#running = null;
    }
  }

  cancel(): void {
    this.#running?.cancel();
  }

  #methodOf(contractName: string, name: string): PlayMethod {
    const path = `${contractName}.${name}`;
    const contract = this.#host.contracts.find((each) => each.name === contractName);
    if (contract === undefined || !Object.hasOwn(contract.operations, name)) throw unknownOperationError(path);
    // The sidecar validates the input, as it does for a window.
    const caller = this.#host.caller(contract);
    return contract.operations[name]?.kind === 'stream'
      ? { kind: 'stream', call: (input, options) => caller.stream(path, input, options) }
      : { kind: 'task', call: (input, options) => caller.call(path, input, options) };
  }
}
