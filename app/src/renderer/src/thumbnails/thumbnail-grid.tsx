/* oxlint-disable jsx-a11y/prefer-tag-over-role -- rows are positioned absolutely, which rows of a table element can't be */
/* oxlint-disable jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- cells take the
   keyboard's focus, and their keys are handled by the grid */
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactElement, useLayoutEffect, useRef } from 'react';
import { splitPath, visibleName } from '../format/path.ts';
import { withRow } from '../table/with-row.ts';
import { cellAfterKey } from './grid-navigation.ts';
import type { ThumbnailLog } from './thumbnail-log.ts';
import { ThumbnailPicture } from './thumbnail-picture.tsx';
import type { ThumbnailSource } from './thumbnail-source.ts';
import { describeSize } from './thumbnails-text.ts';
import { useColumns } from './use-columns.ts';

/** In pixels. The same height is in styles/thumbnails.css. */
const cellHeight = 184;
const minCellWidth = 152;

export interface ThumbnailGridProps {
  readonly log: ThumbnailLog;
  /** Number of thumbnails. */
  readonly count: number;
  readonly source: ThumbnailSource;
  readonly selected: number | null;
  /** Whether a dialog has the keyboard's focus. When it is closed, the selected cell gets the focus. */
  readonly isCovered: boolean;
  readonly onSelect: (cell: number | null) => void;
  /** Called by the Enter key and by a double click on a cell. */
  readonly onOpen: (cell: number) => void;
}

/** A grid that renders only the visible thumbnails. One cell is a tab stop; arrow keys, Page keys, Home and End move it. */
export function ThumbnailGrid(props: ThumbnailGridProps): ReactElement {
  const { log, count, source, selected, isCovered, onSelect, onOpen } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const focusSelected = useRef(false);
  const columns = useColumns(scroller, minCellWidth);
  const tabStop = selected ?? 0;
  const rowCount = Math.ceil(count / columns);

  // oxlint-disable-next-line react/incompatible-library -- a warning for users of the React compiler, which is not used
  const virtualizer = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => cellHeight,
    overscan: 2,
    rangeExtractor: (range) => withRow(range, Math.floor(tabStop / columns)),
  });

  useLayoutEffect(() => {
    if (selected === null) return;
    const cell = scroller.current?.querySelector<HTMLElement>(`[data-index="${selected}"]`);
    cell?.scrollIntoView({ block: 'nearest' });
    if (focusSelected.current && !isCovered) cell?.focus({ preventScroll: true });
    focusSelected.current = isCovered;
  }, [selected, isCovered]);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape' && selected !== null) {
      event.preventDefault();
      onSelect(null);
    } else if ((event.key === 'Enter' || event.key === ' ') && selected !== null) {
      event.preventDefault();
      onOpen(selected);
    } else {
      const pageRows = Math.floor((scroller.current?.clientHeight ?? 0) / cellHeight);
      const next = cellAfterKey(event.key, { selected, count, columns, pageRows });
      if (next === undefined) return;
      event.preventDefault();
      focusSelected.current = true;
      onSelect(next);
    }
  };

  return (
    <div
      className="thumbnail-grid"
      role="grid"
      tabIndex={-1}
      aria-label="Thumbnails"
      aria-rowcount={rowCount}
      aria-colcount={columns}
      data-testid="thumbnail-grid"
      ref={scroller}
      onKeyDown={onKeyDown}
    >
      <div className="thumbnail-space" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map(({ index: row, start }) => (
          <div
            key={row}
            className="thumbnail-row"
            role="row"
            aria-rowindex={row + 1}
            style={{ transform: `translateY(${start}px)`, gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))` }}
          >
            {cellsOf(row, columns, count).map((cell) => (
              <Cell
                key={cell}
                {...{ log, source, cell }}
                column={cell % columns}
                isSelected={cell === selected}
                isTabStop={cell === tabStop}
                onSelect={() => onSelect(cell)}
                onOpen={() => onOpen(cell)}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}

function cellsOf(row: number, columns: number, count: number): number[] {
  const first = row * columns;
  return Array.from({ length: Math.max(0, Math.min(columns, count - first)) }, (_, at) => first + at);
}

interface CellProps {
  readonly log: ThumbnailLog;
  readonly source: ThumbnailSource;
  readonly cell: number;
  readonly column: number;
  readonly isSelected: boolean;
  readonly isTabStop: boolean;
  readonly onSelect: () => void;
  readonly onOpen: () => void;
}

function Cell({ log, source, cell, column, isSelected, isTabStop, onSelect, onOpen }: CellProps): ReactElement {
  const image = log.at(cell);
  const path = visibleName(image?.path ?? '');
  const size = image === undefined ? '' : describeSize(image);
  return (
    <div
      className="thumbnail-cell"
      role="gridcell"
      aria-colindex={column + 1}
      aria-selected={isSelected}
      aria-label={`${path}, ${size}`}
      title={`${path}\n${size}`}
      tabIndex={isTabStop ? 0 : -1}
      data-index={cell}
      data-testid="thumbnail"
      onFocus={onSelect}
      onClick={onSelect}
      onDoubleClick={onOpen}
    >
      <ThumbnailPicture source={source} row={cell} />
      <span className="thumbnail-name" aria-hidden="true">
        {visibleName(splitPath(image?.path ?? '').name)}
      </span>
    </div>
  );
}
