import { find, setText } from './dom.ts';
import { ROW_HEIGHT, windowOf } from './row-window.ts';

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
  #cells: readonly (() => Cells)[] = [];
  #latest: readonly (() => Cells)[] = [];
  #isFollowing = true;

  constructor() {
    this.#scroller.addEventListener('scroll', () => this.#follow());
    this.#newest.addEventListener('click', () => this.#jump());
    new ResizeObserver(() => this.#draw()).observe(this.#scroller);
  }

  /**
   * @param kind A class, by which styles/log.css has the columns. With another one the list begins anew at its end.
   * @param cells How each row is written; asked only of those that can be seen.
   */
  show(kind: string, cells: readonly (() => Cells)[], isAnew: boolean): void {
    this.#latest = cells;
    if (isAnew || kind !== this.#kind) this.#isFollowing = true;
    this.#kind = kind;
    if (this.#isFollowing) this.#jump();
    this.#newest.hidden = this.#isFollowing;
    setText(this.#newest, 'Jump to the newest');
  }

  #jump(): void {
    this.#isFollowing = true;
    this.#newest.hidden = true;
    this.#cells = this.#latest;
    this.#space.style.height = `${this.#cells.length * ROW_HEIGHT}px`;
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
    const { first, end } = windowOf(this.#cells.length, { scrollTop, height });
    const rows = this.#space.children;
    while (rows.length > end - first) this.#space.lastElementChild?.remove();
    while (rows.length < end - first) this.#space.append(createRow());
    for (const [place, row] of [...rows].entries()) {
      const cells = this.#cells[first + place];
      if (cells !== undefined && row instanceof HTMLElement) this.#write(row, first + place, cells());
    }
  }

  #write(row: HTMLElement, index: number, cells: Cells): void {
    row.className = `log-row ${this.#kind}`;
    row.style.transform = `translateY(${index * ROW_HEIGHT}px)`;
    row.setAttribute('aria-posinset', String(index + 1));
    row.setAttribute('aria-setsize', String(this.#cells.length));
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
