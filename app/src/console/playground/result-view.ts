import type { PlayState, Preview } from '../../bridge/playground-messages.ts';
import { create, find, setText } from '../dom.ts';
import { DistributionView } from './distribution-view.ts';
import { describeItems, describeRun, describeSize } from './result-text.ts';

/** What came of a run, or has come of it so far. */
export class ResultView {
  readonly #empty = find('play-empty', HTMLElement);
  readonly #status = find('play-status', HTMLElement);
  readonly #problem = find('play-problem', HTMLElement);
  readonly #reports = find('play-reports', HTMLElement);
  readonly #reply = find('play-reply', HTMLElement);
  readonly #items = find('play-items', HTMLElement);
  readonly #distribution = new DistributionView();

  /** @param state null before the first run of an operation. */
  show(state: PlayState | null): void {
    this.#empty.hidden = state !== null;
    setText(this.#status, state === null ? '' : describeRun(state));
    this.#status.className = `play-status ${toneOf(state)}`;
    const message = state?.problem?.message;
    this.#problem.hidden = message === undefined;
    setText(this.#problem, message ?? '');
    this.#distribution.show(state?.distribution ?? null);
    const { reports = null, reply = null, items = null } = state ?? {};
    show(this.#reports, reports && [{ title: `Progress, report ${reports.count}`, preview: reports.newest }]);
    show(this.#reply, reply && [{ title: 'Reply', note: describeSize(reply), preview: reply }]);
    const { newest = [] } = items ?? {};
    show(this.#items, state && items && [{ title: 'Items', note: describeItems(state), preview: join(newest) }]);
  }
}

interface Part {
  readonly title: string;
  readonly note?: string;
  readonly preview: Preview;
}

function show(space: HTMLElement, parts: readonly Part[] | null): void {
  space.hidden = parts === null;
  if (parts === null) return;
  // What is the same stays as it is, so that a selection in it does.
  for (const [place, { title, note = '', preview }] of parts.entries()) {
    const part = space.children[place] ?? space.appendChild(createPart());
    const [head, text] = part.children;
    setText(head?.firstElementChild ?? part, title);
    setText(head?.lastElementChild ?? part, note);
    setText(text ?? part, preview.text === '' ? '(nothing)' : preview.text);
  }
}

function createPart(): HTMLElement {
  const text = create('pre', { class: 'play-text', testId: 'play-text' });
  text.tabIndex = 0;
  return create('section', {}, [
    create('div', { class: 'field-head' }, [create('h3'), create('span', { class: 'faint' })]),
    text,
  ]);
}

function join(items: readonly Preview[]): Preview {
  const text = items.map((item) => item.text).join('\n');
  return { text, bytes: 0, isCut: false };
}

function toneOf(state: PlayState | null): string {
  if (state?.end === 'failed' || state?.distribution?.failures.length) return 'bad';
  return state?.end === 'succeeded' ? 'good' : '';
}
