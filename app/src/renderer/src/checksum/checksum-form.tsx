import type { ChecksumAlgorithm } from '#contracts/files';
import type { FormEvent, ReactElement } from 'react';
import { RunButton } from '../run/run-button.tsx';
import { ChevronIcon } from '../shell/icons.tsx';
import { algorithmNames, algorithms } from './checksum-text.ts';

export interface ChecksumFormProps {
  readonly algorithm: ChecksumAlgorithm;
  readonly onAlgorithmChange: (algorithm: ChecksumAlgorithm) => void;
  readonly running: boolean;
  /** Whether a folder is chosen. */
  readonly ready: boolean;
  readonly primary: boolean;
  readonly platform: string;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** The checksum's options, with Run and Cancel. */
export function ChecksumForm(props: ChecksumFormProps): ReactElement {
  const { algorithm, onAlgorithmChange, running, ready, primary, platform, onRun, onCancel } = props;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onRun();
  };
  return (
    <form className="tools" aria-label="Checksum" onSubmit={onSubmit}>
      <label className="field">
        Algorithm
        <span className="select-box">
          <select
            className="select"
            data-testid="algorithm"
            value={algorithm}
            disabled={running}
            onChange={({ target }) => {
              const chosen = algorithms.find((each) => each === target.value);
              if (chosen) onAlgorithmChange(chosen);
            }}
          >
            {algorithms.map((each) => (
              <option key={each} value={each}>
                {algorithmNames[each]}
              </option>
            ))}
          </select>
          <ChevronIcon />
        </span>
      </label>
      <p className="tools-hint">Reads every file, hidden ones too; symbolic links are not followed.</p>
      <RunButton label="Run checksum" {...{ running, ready, primary, platform, onCancel }} />
    </form>
  );
}
