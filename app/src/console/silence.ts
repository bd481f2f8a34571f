import { find } from './dom.ts';

/** A main process that is held up for longer than this has a problem that the page names. */
const PATIENCE_MS = 3_000;

/** Says so while the main process tells nothing. */
export class SilenceNotice {
  readonly #notice = find('lost', HTMLElement);
  #heardAt = performance.now();
  #timeHeard = new Date();

  constructor() {
    setInterval(() => this.#look(), 1_000);
    // A page that isn't seen is told nothing on purpose.
    document.addEventListener('visibilitychange', () => this.heard());
  }

  heard(): void {
    this.#heardAt = performance.now();
    this.#timeHeard = new Date();
    this.#notice.hidden = true;
  }

  #look(): void {
    const silentMs = performance.now() - this.#heardAt;
    if (document.hidden || silentMs < PATIENCE_MS) return;
    const text = `The main process has told nothing for ${Math.floor(silentMs / 1_000)} s: it is held up. What you see is from ${this.#timeHeard.toLocaleTimeString()}.`;
    this.#notice.textContent = text;
    this.#notice.hidden = false;
  }
}
