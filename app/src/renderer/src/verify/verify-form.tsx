import type { FormEvent, ReactElement } from 'react';
import { visibleName } from '../format/path.ts';
import { RunButton } from '../run/run-button.tsx';
import { PathText } from '../shell/path-text.tsx';

export interface VerifyFormProps {
  /** Absolute path; `null` before one is chosen. */
  readonly manifest: string | null;
  readonly running: boolean;
  /** Whether a folder and a manifest are chosen. */
  readonly ready: boolean;
  readonly platform: string;
  readonly onChooseManifest: () => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** The choice of the manifest, with Verify and Cancel. */
export function VerifyForm(props: VerifyFormProps): ReactElement {
  const { manifest, running, ready, platform, onChooseManifest, onRun, onCancel } = props;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onRun();
  };
  return (
    <form className="tools" aria-label="Verify" onSubmit={onSubmit}>
      <div className="field manifest-field">
        Manifest
        <span
          className="manifest-name"
          data-testid="manifest-path"
          title={manifest === null ? '' : visibleName(manifest)}
        >
          {manifest === null ? <span className="muted">none chosen</span> : <PathText path={manifest} />}
        </span>
        <button
          type="button"
          className="button"
          data-testid="choose-manifest"
          disabled={running}
          onClick={onChooseManifest}
        >
          {manifest === null ? 'Choose…' : 'Change…'}
        </button>
      </div>
      <RunButton label="Verify" primary {...{ running, ready, platform, onCancel }} />
    </form>
  );
}
