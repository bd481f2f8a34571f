import { find, setText } from './dom.ts';
import { ROW_HEIGHT, windowOf } from './row-window.ts';

/** A row of the list. */
export interface ListRow {
  /** How it is written; asked only when it can be seen. */
  readonly write: () => Cells;
  /** What it is about. The same thing is the same row, wherever it has moved to. */
  readonly about: object;
}

/** The parts of a row from left to right; a tone is a class of styles/log.css. */
export type Cells = readonly (string | { readonly text: string; readonly tone: string })[];

/**
 * A long list of which only the rows that can be seen are in the page. It follows its end; whoever has scrolled away from
 * there sees the rows stand still until they come back.
 */
export class RowList {
  readonly #scroller = find('log-scroller', HTMLElement);
  readonly #space = find('log-space', HTMLElement);
  readonly #newest = find('newest', HTMLButtonElement);
  #kind = '';
  readonly #onChoose: (about: object) => void;
  #rows: readonly ListRow[] = [];
  #latest: readonly ListRow[] = [];
  #chosen: object | null = null;
  #isFollowing = true;

  /** @param onChoose Called with what a row is about when it is clicked, or reached by the arrow keys. */
  constructor(onChoose: (about: object) => void) {
    this.#onChoose = onChoose;
    this.#space.addEventListener('click', ({ target }) => this.#chooseNode(target));
    this.#scroller.addEventListener('keydown', (event) => this.#move(event));
    this.#scroller.addEventListener('scroll', () => this.#follow());
    this.#newest.addEventListener('click', () => this.#jump());
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
  }

  /**
   * @param kind A class, by which styles/log.css has the columns. With another one the list begins anew at its end.
   */
  show(kind: string, rows: readonly ListRow[], isAnew: boolean): void {
    this.#latest = rows;
    if (isAnew || kind !== this.#kind) this.#isFollowing = true;
    this.#kind = kind;
    if (this.#isFollowing) this.#jump();
    this.#newest.hidden = this.#isFollowing;
    setText(this.#newest, 'Jump to the newest');
  }

  /** Marks the row that is about it, and keeps it in view. @param about null for none. */
  mark(about: object | null): void {
    this.#chosen = about;
    if (about !== null) {
      this.#isFollowing = false;
      this.#reveal(this.#rows.findIndex((row) => row.about === about));
    }
    this.#draw();
  }

  #chooseNode(target: EventTarget | null): void {
    const row = target instanceof Element ? target.closest('.log-row') : null;
    const about = this.#rows[Number(row?.getAttribute('aria-posinset')) - 1]?.about;
    if (about !== undefined) this.#onChoose(about);
  }

  #move(event: KeyboardEvent): void {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0 || this.#rows.length === 0) return;
    event.preventDefault();
    const at = this.#rows.findIndex(({ about }) => about === this.#chosen);
    const last = this.#rows.length - 1;
    const next = at === -1 ? last : Math.min(last, Math.max(0, at + step));
    const about = this.#rows[next]?.about;
    if (about !== undefined) this.#onChoose(about);
  }

  #reveal(index: number): void {
    const { scrollTop, clientHeight } = this.#scroller;
    const top = index * ROW_HEIGHT;
    if (top < scrollTop) this.#scroller.scrollTop = top;
    else if (top + ROW_HEIGHT > scrollTop + clientHeight) this.#scroller.scrollTop = top + ROW_HEIGHT - clientHeight;
  }

  #jump(): void {
    this.#isFollowing = true;
    this.#newest.hidden = true;
    this.#rows = this.#latest;
    this.#space.style.height = `${this.#rows.length * ROW_HEIGHT}px`;
    this.#scroller.scrollTop = this.#scroller.scrollHeight;
    this.#draw();
  }

  #follow(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#scroller;
    this.#isFollowing = scrollTop + clientHeight >= scrollHeight - ROW_HEIGHT;
    this.#newest.hidden = this.#isFollowing;
    this.#draw();
  }

  #draw(): void {
    const { scrollTop, clientHeight: height } = this.#scroller;
    const { first, end } = windowOf(this.#rows.length, { scrollTop, height });
    const rows = this.#space.children;
    while (rows.length > end - first) this.#space.lastElementChild?.remove();
    while (rows.length < end - first) this.#space.append(createRow());
    for (const [place, row] of [...rows].entries()) {
      const shown = this.#rows[first + place];
      if (shown !== undefined && row instanceof HTMLElement) this.#write(row, first + place, shown);
    }
  }

  #write(row: HTMLElement, index: number, { write, about }: ListRow): void {
    const cells = write();
    row.className = `log-row ${this.#kind}`;
    row.ariaCurrent = about === this.#chosen ? 'true' : null;
    row.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    row.setAttribute('aria-posinset', String(index + 1));
    row.setAttribute('aria-setsize', String(this.#rows.length));
    while (row.children.length > cells.length) row.lastElementChild?.remove();
    while (row.children.length < cells.length) row.append(document.createElement('span'));
    for (const [place, cell] of cells.entries()) {
      const node = row.children[place];
      if (node === undefined) continue;
      setText(node, typeof cell === 'string' ? cell : cell.text);
      node.className = typeof cell === 'string' ? '' : cell.tone;
    }
  }
}

function createRow(): HTMLElement {
  const row = document.createElement('div');
  row.setAttribute('role', 'listitem');
  row.dataset['testid'] = 'log-row';
  return row;
}
