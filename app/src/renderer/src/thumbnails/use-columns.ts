import { type RefObject, useLayoutEffect, useState } from 'react';

/** How many columns of at least `cellWidth` pixels fit into an element's content, as it is resized. At least one. */
export function useColumns(element: RefObject<HTMLElement | null>, cellWidth: number): number {
  const [columns, setColumns] = useState(1);
  useLayoutEffect(() => {
    const { current } = element;
    if (current === null) return undefined;
    const measure = (width: number): void => setColumns(Math.max(1, Math.floor(width / cellWidth)));
    measure(current.clientWidth);
    const observer = new ResizeObserver(([entry]) => entry && measure(entry.contentRect.width));
    observer.observe(current);
    return () => observer.disconnect();
  }, [element, cellWidth]);
  return columns;
}
