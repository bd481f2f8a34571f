import type { ReactElement } from 'react';

/** Stands in the window until it has its connection. It appears only if that takes longer than a moment. */
export function OpeningPanel(): ReactElement {
  return (
    <main className="fatal opening" aria-busy="true">
      <output className="message-panel">
        <span className="spinner" />
        <span className="message-text">Connecting to the app…</span>
      </output>
    </main>
  );
}
