/** The height of a row of the log, in pixels; said again in styles/log.css. */
export const ROW_HEIGHT = 24;

/** Rows beyond both ends of what can be seen, so that a quick scroll shows no gap. */
const MARGIN = 8;

/** Which rows of a long list have to be there. */
export interface RowWindow {
  readonly first: number;
  /** One past the last. */
  readonly end: number;
}

export function windowOf(count: number, view: { readonly scrollTop: number; readonly height: number }): RowWindow {
  const first = Math.max(0, Math.floor(view.scrollTop / ROW_HEIGHT) - MARGIN);
  const end = Math.min(count, Math.ceil((view.scrollTop + view.height) / ROW_HEIGHT) + MARGIN);
  return { first: Math.min(first, end), end };
}
