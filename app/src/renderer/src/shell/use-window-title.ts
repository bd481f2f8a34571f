import { useEffect } from 'react';

/** Keeps the window's title up to date, which is what a task bar shows. */
export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
