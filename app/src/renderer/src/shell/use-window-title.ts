import { useEffect } from 'react';

/** Sets the window's title, which the task bar shows. */
export function useWindowTitle(title: string): void {
  useEffect(() => {
    document.title = title;
  }, [title]);
}
