import { Component, type ReactNode } from 'react';
import { WarningIcon } from './icons.tsx';
import { MessagePanel } from './message-panel.tsx';

interface ErrorBoundaryState {
  readonly message: string | undefined;
}

/** Shows the error and a button to reload when the window's own code fails, in place of an empty window. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, ErrorBoundaryState> {
  override state: ErrorBoundaryState = { message: undefined };

  static getDerivedStateFromError(error: unknown): ErrorBoundaryState {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    if (this.state.message === undefined) return this.props.children;
    const reload = (
      <button type="button" className="button primary" onClick={() => window.location.reload()}>
        Reload the window
      </button>
    );
    return (
      <div className="fatal" role="alert" data-testid="error">
        <MessagePanel icon={<WarningIcon />} tone="bad" title="The window has a problem" actions={reload}>
          <p>Your files are untouched. Reloading the window starts it afresh.</p>
          <pre className="error-detail">{this.state.message}</pre>
        </MessagePanel>
      </div>
    );
  }
}
