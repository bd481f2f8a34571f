export interface GridPlace {
  /** The selected cell; `null` when none is. */
  readonly selected: number | null;
  readonly count: number;
  readonly columns: number;
  /** Number of rows that are visible at the same time. */
  readonly pageRows: number;
}

/** The cell that a key selects; `undefined` for a key that selects none, or in a grid without cells. */
export function cellAfterKey(key: string, place: GridPlace): number | undefined {
  const { selected, count, columns } = place;
  if (count === 0) return undefined;
  const page = columns * Math.max(1, place.pageRows);
  const steps: Readonly<Record<string, number>> = {
    ArrowRight: 1,
    ArrowLeft: -1,
    ArrowDown: columns,
    ArrowUp: -columns,
    PageDown: page,
    PageUp: -page,
  };
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = Object.hasOwn(steps, key) ? steps[key] : undefined;
  if (step === undefined) return undefined;
  if (selected === null) return 0;
  return staysInColumn(selected + step, { selected, count, columns, step });
}

/** Up and down keep to the column, where the grid has a row there, and the last row may be shorter. */
function staysInColumn(
  target: number,
  { selected, count, columns, step }: { selected: number; count: number; columns: number; step: number },
): number {
  if (Math.abs(step) === 1) return Math.min(count - 1, Math.max(0, target));
  if (target < 0) return selected % columns;
  const lastRow = Math.floor((count - 1) / columns);
  if (Math.floor(target / columns) <= lastRow) return Math.min(count - 1, target);
  const below = lastRow * columns + (selected % columns);
  return Math.floor(selected / columns) === lastRow ? selected : Math.min(count - 1, below);
}
