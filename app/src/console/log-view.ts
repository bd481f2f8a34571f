import { CallDetail } from './call-detail.ts';
import { create, find, setText } from './dom.ts';
import { type Filter, filterCalls, filterLines } from './filter.ts';
import { callColumns, lineColumns, writeCall, writeLine } from './log-rows.ts';
import { RowList } from './row-list.ts';
import { describeSample } from './sampling-text.ts';
import type { ConsoleView } from './store.ts';

type Tab = 'calls' | 'lines';

/** The log: calls or lines, narrowed down by the filter. */
export class LogView {
  readonly #tabs: Readonly<Record<Tab, HTMLButtonElement>> = {
    calls: find('tab-calls', HTMLButtonElement),
    lines: find('tab-lines', HTMLButtonElement),
  };
  readonly #filter = find('filter', HTMLInputElement);
  readonly #troubles = find('troubles', HTMLInputElement);
  readonly #head = find('log-head', HTMLElement);
  readonly #empty = find('log-empty', HTMLElement);
  readonly #list = new RowList((about) => this.#open(about));
  readonly #detail: CallDetail;
  readonly #view: () => ConsoleView;
  #tab: Tab = 'calls';

  /**
   * @param view What is to be shown now.
   * @param hasBodies Whether the app lets bodies be kept.
   */
  constructor(view: () => ConsoleView, hasBodies: () => boolean) {
    this.#view = view;
    this.#detail = new CallDetail(hasBodies, () => this.#open(null));
    for (const tab of ['calls', 'lines'] as const) {
      this.#tabs[tab].addEventListener('click', () => this.#choose(tab));
      this.#tabs[tab].addEventListener('keydown', ({ key }) => {
        if (key === 'ArrowLeft' || key === 'ArrowRight') this.#choose(tab === 'calls' ? 'lines' : 'calls');
      });
    }
    this.#filter.addEventListener('input', () => this.show(true));
    this.#troubles.addEventListener('change', () => this.show(true));
    this.#choose('calls', false);
  }

  get filter(): Filter {
    return { text: this.#filter.value, troublesOnly: this.#troubles.checked };
  }

  focusFilter(): void {
    this.#filter.focus();
    this.#filter.select();
  }

  /** @param isAnew Whether something else is to be seen than before: the list then goes to its end. */
  show(isAnew = false): void {
    const view = this.#view();
    const isCalls = this.#tab === 'calls';
    const rows = isCalls
      ? filterCalls(view.calls, this.filter).map((call) => ({ write: () => writeCall(call), about: call }))
      : filterLines(view.lines, this.filter).map((line) => ({ write: () => writeLine(line), about: line }));
    this.#list.show(this.#tab, rows, isAnew);
    const all = isCalls ? view.calls.length : view.lines.length;
    setText(find('sampling', HTMLElement), describeSample(this.#tab, { view, shown: rows.length }));
    this.#empty.hidden = rows.length > 0;
    setText(this.#empty, all > 0 ? 'Nothing matches the filter.' : nothing[this.#tab]);
  }

  /** @param about Of the list: a line has no more to it than its row says. */
  #open(about: object | null): void {
    const call = this.#view().calls.find((each) => each === about) ?? null;
    this.#detail.show(call);
    this.#list.mark(call);
  }

  #choose(tab: Tab, isByPerson = true): void {
    this.#tab = tab;
    this.#open(null);
    for (const [name, button] of Object.entries(this.#tabs)) {
      button.setAttribute('aria-selected', String(name === tab));
      button.tabIndex = name === tab ? 0 : -1;
    }
    if (isByPerson) this.#tabs[tab].focus();
    find('log', HTMLElement).setAttribute('aria-labelledby', `tab-${tab}`);
    find('troubles-label', HTMLElement).textContent = tab === 'calls' ? 'Only failures' : 'Only warnings and errors';
    this.#head.className = `log-head log-row ${tab}`;
    const columns = tab === 'calls' ? callColumns : lineColumns;
    this.#head.replaceChildren(
      ...columns.map((text) => create('span', { text, class: endColumns.has(text) ? 'end' : '' })),
    );
    this.show(true);
  }
}

const endColumns = new Set(['Duration', 'Request', 'Reply']);

const nothing: Readonly<Record<Tab, string>> = {
  calls: 'No call has been made since the console was opened.',
  lines: 'No line has been logged or printed since the console was opened.',
};
