import type { ReactElement } from 'react';
import { toRunError } from '../run/run-error.ts';
import { WarningIcon } from './icons.tsx';
import { MessagePanel } from './message-panel.tsx';

/** Takes the place of the whole window when its own code fails: the error, and a button to reload. */
export function FatalPanel({ error }: { readonly error: unknown }): ReactElement {
  const reload = (
    <button type="button" className="button primary" onClick={() => window.location.reload()}>
      Reload the window
    </button>
  );
  return (
    <main className="fatal">
      <div className="error-panel" role="alert" data-testid="error">
        <MessagePanel icon={<WarningIcon />} tone="bad" title="The window has a problem" actions={reload}>
          <p>Your files are untouched. Reloading the window starts it afresh.</p>
          <pre className="error-detail">{toRunError(error).message}</pre>
        </MessagePanel>
      </div>
    </main>
  );
}
