export interface TablePlace {
  /** The selected row; `null` when none is. */
  readonly selected: number | null;
  readonly rowCount: number;
  /** Number of rows that are visible at the same time. */
  readonly pageRows: number;
}

/** The row that a key selects; `undefined` for a key that selects none, or in a table without rows. */
export function rowAfterKey(key: string, { selected, rowCount, pageRows }: TablePlace): number | undefined {
  if (rowCount === 0) return undefined;
  const target = targetOf(key, selected, Math.max(1, pageRows), rowCount);
  return target === undefined ? undefined : Math.min(rowCount - 1, Math.max(0, target));
}

function targetOf(key: string, selected: number | null, page: number, rowCount: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return selected === null ? 0 : selected + 1;
    case 'ArrowUp':
      return selected === null ? 0 : selected - 1;
    case 'PageDown':
      return (selected ?? 0) + page;
    case 'PageUp':
      return (selected ?? 0) - page;
    case 'Home':
      return 0;
    case 'End':
      return rowCount - 1;
    default:
      return undefined;
  }
}
