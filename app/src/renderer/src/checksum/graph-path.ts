export interface GraphSize {
  readonly width: number;
  readonly height: number;
  /** Smallest number of values that the whole width is drawn for. With fewer the right side stays empty. */
  readonly minValues: number;
}

/** SVG path data of the line through the values and of the area below it. Empty strings for fewer than two values. */
export function graphPath(
  values: readonly number[],
  { width, height, minValues }: GraphSize,
): { line: string; area: string } {
  if (values.length < 2) return { line: '', area: '' };
  const stepX = width / (Math.max(minValues, values.length) - 1);
  // Leaves a margin above the highest value.
  const top = Math.max(...values) * 1.15 || 1;
  const points = values.map((value, at) => `${round(at * stepX)} ${round(height - (value / top) * height)}`);
  const line = `M${points.join('L')}`;
  return { line, area: `${line}L${round((values.length - 1) * stepX)} ${height}L0 ${height}Z` };
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
