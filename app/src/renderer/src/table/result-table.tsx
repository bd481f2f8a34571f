/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned absolutely, which rows of a table element can't be */
/* oxlint-disable jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- rows take the
   keyboard's focus, and their keys are handled by the table */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactElement, type ReactNode, useLayoutEffect, useRef } from 'react';
import { isMac } from '../shell/shortcuts.ts';
import { copyText } from './copy-text.ts';
import { rowHeight } from './row-limit.ts';
import { rowAfterKey } from './row-navigation.ts';
import { useRowCopy } from './use-row-copy.ts';
import { withRow } from './with-row.ts';

export interface ResultColumn {
  readonly key: string;
  readonly title: string;
  readonly align?: 'end';
}

export interface ResultTableProps {
  /** Names the table for assistive technology. */
  readonly label: string;
  /** The class that sets the columns' widths. */
  readonly layout: string;
  readonly columns: readonly ResultColumn[];
  /** Rows that can be scrolled to. */
  readonly rowCount: number;
  /** Number of rows, including those that can't be scrolled to. @default rowCount */
  readonly totalRows?: number;
  /** Renders the cells of a row, in the order of the columns. Called for visible rows only. */
  readonly renderCells: (row: number) => readonly ReactNode[];
  /** Whether a row is a heading, whose single cell takes the whole width. @default no row is */
  readonly isHeading?: (row: number) => boolean;
  /** Called by the Enter key and by a double click on a row. */
  readonly onOpen?: (row: number) => void;
  readonly selected: number | null;
  readonly onSelect: (row: number | null) => void;
  /** The text of a row that Ctrl+C copies. */
  readonly textOf: (row: number) => string | undefined;
  /** The path of a row that Ctrl+Shift+C copies. */
  readonly pathOf: (row: number) => string | undefined;
  readonly platform: string;
  readonly testId?: string;
  readonly rowTestId?: string;
}

/** A table that renders only the visible rows. One row is a tab stop; arrow keys, Page keys, Home and End move it. */
export function ResultTable(props: ResultTableProps): ReactElement {
  const { label, layout, columns, rowCount, totalRows = rowCount, renderCells, selected, onSelect } = props;
  const { isHeading = () => false, onOpen } = props;
  const { textOf, pathOf, platform, testId = 'result-table', rowTestId = 'result-row' } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const table = useRef<HTMLDivElement>(null);
  const focusSelected = useRef(false);
  const tabStop = selected ?? 0;

  // oxlint-disable-next-line react/incompatible-library -- a warning for users of the React compiler, which is not used
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
    rangeExtractor: (range) => withRow(range, tabStop),
  });

  useLayoutEffect(() => {
    if (selected === null) return;
    const row = scroller.current?.querySelector<HTMLElement>(`[data-index="${selected}"]`);
    row?.scrollIntoView({ block: 'nearest' });
    if (focusSelected.current) row?.focus({ preventScroll: true });
    focusSelected.current = false;
  }, [selected]);

  useRowCopy(table, () => (selected === null ? undefined : textOf(selected)));

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && selected !== null) {
      event.preventDefault();
      onSelect(null);
      return;
    }
    const modifier = isMac(platform) ? event.metaKey : event.ctrlKey;
    if (modifier && event.shiftKey && event.key.toLowerCase() === 'c' && selected !== null) {
      event.preventDefault();
      const path = pathOf(selected);
      if (path !== undefined) copyText(path);
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Enter' && selected !== null && onOpen !== undefined) {
      event.preventDefault();
      onOpen(selected);
      return;
    }
    const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / rowHeight) - 1;
    const next = rowAfterKey(event.key, { selected, rowCount, pageRows });
    if (next === undefined) return;
    event.preventDefault();
    focusSelected.current = true;
    onSelect(next);
  };

  return (
    <div
      className={`table ${layout}`}
      role="table"
      aria-label={label}
      aria-rowcount={totalRows + 1}
      aria-colcount={columns.length}
      data-testid={testId}
      onKeyDown={onKeyDown}
      ref={table}
    >
      <div className="table-head" role="rowgroup">
        <div className="table-row" role="row" aria-rowindex={1}>
          {columns.map(({ key, title, align }) => (
            <div key={key} className={align === 'end' ? 'cell end' : 'cell'} role="columnheader">
              {title}
            </div>
          ))}
        </div>
      </div>
      <div className="table-scroller" role="rowgroup" ref={scroller} tabIndex={-1}>
        <div className="table-space" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, start }) => (
            <div
              key={index}
              className={isHeading(index) ? 'table-row heading-row' : 'table-row'}
              role="row"
              aria-rowindex={index + 2}
              aria-selected={index === selected}
              tabIndex={index === tabStop ? 0 : -1}
              data-index={index}
              data-testid={isHeading(index) ? 'heading-row' : rowTestId}
              style={{ transform: `translateY(${start}px)` }}
              onFocus={() => onSelect(index)}
              onClick={() => onSelect(index)}
              onDoubleClick={() => onOpen?.(index)}
            >
              {renderCells(index).map((cell, at) => {
                const column = columns[at];
                return (
                  <div key={column?.key} className={column?.align === 'end' ? 'cell end' : 'cell'} role="cell">
                    {cell}
                  </div>
                );
              })}
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
