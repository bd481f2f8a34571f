import type { PlayOperation, PlayRequest, PlayState } from '../../bridge/playground-messages.ts';
import type { ConsoleBridge } from '../bridge.ts';
import { create, find } from '../dom.ts';
import { groupBy } from '../../inspection/group-by.ts';
import { notify, readMessage } from '../notice.ts';
import { InputEditor } from './input-editor.ts';
import { ResultView } from './result-view.ts';

/** Calls of the host's operations by hand. */
export class PlaygroundView {
  readonly #bridge: ConsoleBridge;
  readonly #view = find('view-playground', HTMLElement);
  readonly #operation = find('play-operation', HTMLSelectElement);
  readonly #calls = find('play-calls', HTMLInputElement);
  readonly #inFlight = find('play-in-flight', HTMLInputElement);
  readonly #timeout = find('play-timeout', HTMLInputElement);
  readonly #send = find('play-send', HTMLButtonElement);
  readonly #cancel = find('play-cancel', HTMLButtonElement);
  readonly #input = new InputEditor();
  readonly #result = new ResultView();
  #operations: readonly PlayOperation[] = [];
  #isRunning = false;

  constructor(bridge: ConsoleBridge) {
    this.#bridge = bridge;
    bridge.onPlay((state) => {
      if (this.#isRunning) this.#result.show(state);
    });
    this.#operation.addEventListener('change', () => this.#open());
    find('play-form-element', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      void this.#run();
    });
    this.#cancel.addEventListener('click', () => void bridge.cancel());
    document.addEventListener('keydown', (event) => this.#press(event));
  }

  /** Lists the operations. */
  async start(): Promise<void> {
    this.#operations = await this.#bridge.operations();
    const byContract = groupBy([...this.#operations.entries()], ([, { contract }]) => contract);
    for (const [contract, operations] of byContract) {
      const group = create('optgroup', {}, operations.map(createOption));
      group.label = contract;
      this.#operation.append(group);
    }
    this.#open();
  }

  focus(): void {
    this.#operation.focus();
  }

  #open(): void {
    const operation = this.#operations[Number(this.#operation.value)];
    this.#send.disabled = operation === undefined;
    this.#input.open(operation?.schema ?? null);
    this.#result.show(null);
  }

  #press(event: KeyboardEvent): void {
    if (this.#view.hidden || document.querySelector('dialog[open]') !== null) return;
    const { key, ctrlKey, metaKey } = event;
    if (key === 'Escape' && this.#isRunning) void this.#bridge.cancel();
    if (key !== 'Enter' || !(ctrlKey || metaKey)) return;
    event.preventDefault();
    void this.#run();
  }

  async #run(): Promise<void> {
    const operation = this.#operations[Number(this.#operation.value)];
    if (operation === undefined || this.#isRunning || !this.#checkNumbers()) return;
    const input = this.#input.read();
    if (input === null) return;
    this.#setRunning(true);
    try {
      this.#show(await this.#bridge.send(this.#toRequest(operation, input.value)));
    } catch (error) {
      this.#result.show(null);
      notify(readMessage(error), 'bad');
    } finally {
      this.#setRunning(false);
    }
  }

  /** What does not fit the contract is said at its field. */
  #show(state: PlayState): void {
    this.#result.show(state);
    if (state.problem?.code === 'ERR_LINK_INVALID_INPUT') this.#input.showProblems(state.problem.issues, true);
  }

  #toRequest({ contract, name }: PlayOperation, input: unknown): PlayRequest {
    const timeout = this.#timeout.value === '' ? null : this.#timeout.valueAsNumber;
    const [calls, inFlight] = [this.#calls.valueAsNumber, this.#inFlight.valueAsNumber];
    return { contract, name, input, calls, inFlight, timeout };
  }

  #checkNumbers(): boolean {
    return [this.#calls, this.#inFlight, this.#timeout].every((field) => field.reportValidity());
  }

  #setRunning(is: boolean): void {
    this.#isRunning = is;
    this.#send.disabled = is;
    this.#operation.disabled = is;
    this.#cancel.hidden = !is;
  }
}

function createOption([place, { name, kind }]: [number, PlayOperation]): HTMLOptionElement {
  const option = create('option', { text: kind === 'stream' ? `${name} (stream)` : name });
  option.value = String(place);
  return option;
}
