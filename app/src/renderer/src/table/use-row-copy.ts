import { type RefObject, useEffect, useRef } from 'react';

/**
 * Copies a row's text to the clipboard at a copy event while the table has the keyboard's focus and no text is selected. Listens
 * on the document, because without selected text the event's target is the body.
 */
export function useRowCopy(table: RefObject<HTMLElement | null>, textOfRow: () => string | undefined): void {
  const newest = useRef(textOfRow);
  useEffect(() => {
    newest.current = textOfRow;
  });

  useEffect(() => {
    const onCopy = (event: ClipboardEvent): void => {
      if (!table.current?.contains(document.activeElement)) return;
      if (window.getSelection()?.isCollapsed === false) return;
      const text = newest.current();
      if (text === undefined || !event.clipboardData) return;
      event.preventDefault();
      event.clipboardData.setData('text/plain', text);
    };
    document.addEventListener('copy', onCopy);
    return () => document.removeEventListener('copy', onCopy);
  }, [table]);
}
