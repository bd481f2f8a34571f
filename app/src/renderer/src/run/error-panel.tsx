import type { ReactElement } from 'react';
import { WarningIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { concernsFolder, describeRunError } from './error-text.ts';
import type { RunError } from './run-error.ts';

export interface ErrorPanelProps {
  readonly error: RunError;
  /** Absolute path of the run's folder. */
  readonly root: string;
  /** Whether results are shown below, so that the error is shown as a bar. */
  readonly compact?: boolean;
  readonly onRunAgain: () => void;
  readonly onChooseFolder: () => void;
}

/** Shows why a run failed, with buttons to run again or to choose another folder. */
export function ErrorPanel({
  error,
  root,
  compact = false,
  onRunAgain,
  onChooseFolder,
}: ErrorPanelProps): ReactElement {
  const { title, advice, detail } = describeRunError(error, root);
  const actions = (
    <>
      {concernsFolder(error) && (
        <button type="button" className="button" data-testid="choose-another" onClick={onChooseFolder}>
          Choose another folder…
        </button>
      )}
      <button type="button" className="button primary" data-testid="run-again" onClick={onRunAgain}>
        Run again
      </button>
    </>
  );
  if (compact) {
    return (
      <div className="error-strip" role="alert" data-testid="error" data-kind={error.kind}>
        <WarningIcon />
        <div className="error-strip-text">
          <strong>{title}</strong>
          <p title={detail}>{advice}</p>
        </div>
        {actions}
      </div>
    );
  }
  return (
    <div className="error-panel" role="alert" data-testid="error" data-kind={error.kind}>
      <MessagePanel icon={<WarningIcon />} tone="bad" title={title} actions={actions}>
        <p>{advice}</p>
        {detail && <pre className="error-detail">{detail}</pre>}
      </MessagePanel>
    </div>
  );
}
