import { useEffect, useRef, useState } from 'react';

/** Accepts files that are dropped anywhere in the window. Returns whether something is being dragged over it. */
export function useFolderDrop(onDrop: (files: readonly File[]) => void): boolean {
  const [dragging, setDragging] = useState(false);
  const newest = useRef(onDrop);
  useEffect(() => {
    newest.current = onDrop;
  });

  useEffect(() => {
    // Each element below the pointer sends an event for entering and one for leaving. The drag has left the window when there
    // were as many of the one as of the other.
    let depth = 0;
    const listeners = new AbortController();
    const listen = (
      type: 'dragenter' | 'dragover' | 'dragleave' | 'drop',
      listener: (event: DragEvent) => void,
    ): void => window.addEventListener(type, listener, { signal: listeners.signal });

    listen('dragenter', (event) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      depth += 1;
      setDragging(true);
    });
    listen('dragover', (event) => {
      // By default the browser opens a dropped file in place of the app.
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = carriesFiles(event) ? 'copy' : 'none';
    });
    listen('dragleave', (event) => {
      if (!carriesFiles(event)) return;
      depth = Math.max(0, depth - 1);
      if (depth === 0) setDragging(false);
    });
    listen('drop', (event) => {
      event.preventDefault();
      depth = 0;
      setDragging(false);
      const files = [...(event.dataTransfer?.files ?? [])];
      if (files.length > 0) newest.current(files);
    });
    return () => listeners.abort();
  }, []);

  return dragging;
}

function carriesFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes('Files') ?? false;
}
