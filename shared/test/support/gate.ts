/** A promise that a test resolves itself. */
export class Gate<Value = void> {
  readonly opened: Promise<Value>;
  #open: (value: Value) => void = () => {};

  constructor() {
    this.opened = new Promise((resolve) => (this.#open = resolve));
  }

  open(value: Value): void {
    this.#open(value);
  }
}
