import type { ConsoleCall } from '../bridge/console-messages.ts';
import type { Preview } from '../bridge/playground-messages.ts';
import { find, setText } from './dom.ts';
import { formatLatency } from './format.ts';
import { describeSize } from './playground/result-text.ts';

/** The call that was chosen in the log, with its bodies where they were kept. */
export class CallDetail {
  readonly #space = find('detail', HTMLElement);
  readonly #hasBodies: () => boolean;

  /** @param hasBodies Whether the app lets bodies be kept. */
  constructor(hasBodies: () => boolean, onClose: () => void) {
    this.#hasBodies = hasBodies;
    find('detail-close', HTMLButtonElement).addEventListener('click', onClose);
  }

  /** @param call null for none. */
  show(call: ConsoleCall | null): void {
    this.#space.hidden = call === null;
    if (call === null) return;
    const { peer, task, id, durationMs, failure, bodies } = call;
    const facts = [task ?? '(message)', `→ ${peer}`, id, formatLatency(durationMs), failure ?? 'ok'];
    setText(find('detail-title', HTMLElement), facts.join(' · '));
    const none = this.#hasBodies()
      ? 'Not kept. "Keep bodies" keeps those of the calls that come after it.'
      : 'Not kept. The app would have to allow it: openConsole(host, { bodies: true }).';
    showBody('request', bodies?.request ?? null, none);
    showBody('reply', bodies?.reply ?? null, bodies === null ? none : 'None: it has no reply, or is a stream.');
  }
}

function showBody(which: 'request' | 'reply', body: Preview | null, none: string): void {
  setText(find(`detail-${which}`, HTMLElement), body?.text ?? none);
  setText(find(`detail-${which}-size`, HTMLElement), body === null ? '' : describeSize(body));
}
