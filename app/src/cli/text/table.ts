import { stripVTControlCharacters } from 'node:util';
import { printable } from 'ipc-link';
import type { Paint } from './paint.ts';

/** One column of a table. */
export interface Column<Row> {
  readonly title: string;
  /** Text from anywhere: it can't break the table. */
  readonly text: (row: Row) => string;
  readonly paint?: (text: string, row: Row) => string;
  /** @default 'left' */
  readonly align?: 'left' | 'right';
}

const GAP = '  ';

/** The lines of a table, its titles first. */
export function formatTable<Row>(columns: readonly Column<Row>[], rows: readonly Row[], paint: Paint): string[] {
  const cells = rows.map((row) => columns.map(({ text }) => printable(text(row))));
  const widths = columns.map(({ title }, place) =>
    cells.reduce((width, cell) => Math.max(width, cell[place]?.length ?? 0), title.length),
  );
  const line = (texts: readonly string[], colour: (text: string, place: number) => string): string =>
    columns
      .map(({ align = 'left' }, place) => {
        const text = texts[place] ?? '';
        const space = ' '.repeat((widths[place] ?? 0) - text.length);
        const shown = colour(text, place);
        return align === 'left' ? shown + space : space + shown;
      })
      .join(GAP)
      .trimEnd();
  const titles = columns.map(({ title }) => title);
  return [
    line(titles, (text) => paint('dim', text)),
    ...rows.map((row, index) => line(cells[index] ?? [], (text, place) => columns[place]?.paint?.(text, row) ?? text)),
  ];
}

const escape = '\u001b';

/** A sequence that sets a colour, or one character as a reader sees it. */
const piece = new RegExp(`${escape}\\[\\d+m|.`, 'gsu');

/** Cuts a line to the width of a terminal. Its colours take no room, and stay. */
export function cutTo(width: number, text: string): string {
  if (stripVTControlCharacters(text).length <= width) return text;
  let room = width - 1;
  const kept = [...text.matchAll(piece)].map(([each]) => (each.startsWith(escape) || room-- > 0 ? each : ''));
  return `${kept.join('')}…`;
}
