import type { ChecksumAlgorithm } from '#contracts/files';
import type { ReactElement } from 'react';
import { FolderWelcome } from '../folder/folder-welcome.tsx';
import { folderName, visibleName } from '../format/path.ts';
import { ErrorPanel } from '../run/error-panel.tsx';
import { ChecksumIcon, StopIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { shortcutLabel } from '../shell/shortcuts.ts';
import { ChecksumForm } from './checksum-form.tsx';
import { ChecksumProgressPanel } from './checksum-progress.tsx';
import { ChecksumResultView } from './checksum-result.tsx';
import type { ChecksumRunState } from './checksum-run.ts';
import { algorithmNames, commandOf, describeDone } from './checksum-text.ts';

export interface ChecksumViewProps {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  readonly state: ChecksumRunState;
  readonly algorithm: ChecksumAlgorithm;
  readonly platform: string;
  readonly onAlgorithmChange: (algorithm: ChecksumAlgorithm) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onSave: () => void;
  readonly onChooseFolder: () => void;
}

/** The checksum's part of the window: its options, and its progress or result. */
export function ChecksumView(props: ChecksumViewProps): ReactElement {
  const { folder, state, algorithm, platform, onAlgorithmChange, onRun, onCancel } = props;
  return (
    <>
      <ChecksumForm
        running={state.status === 'running'}
        ready={folder !== null}
        primary={state.status === 'idle' || state.status === 'cancelled'}
        {...{ algorithm, onAlgorithmChange, platform, onRun, onCancel }}
      />
      <div className="content">
        <ChecksumContent {...props} />
      </div>
    </>
  );
}

function ChecksumContent(props: ChecksumViewProps): ReactElement {
  const { folder, state, algorithm, platform, onRun, onSave, onChooseFolder } = props;
  if (folder === null) return <FolderWelcome platform={platform} onChoose={onChooseFolder} />;
  switch (state.status) {
    case 'idle':
      return (
        <MessagePanel
          icon={<ChecksumIcon />}
          tone="accent"
          title={`Ready to checksum ${visibleName(folderName(folder))}`}
        >
          <p>
            Makes a manifest with the {algorithmNames[algorithm]} digest of every file, in the form that{' '}
            <code>{commandOf(algorithm)}</code> prints and checks.
          </p>
          <p className="key-hint">
            Press <kbd>{shortcutLabel('run', platform)}</kbd> to run
          </p>
        </MessagePanel>
      );
    case 'running':
      return <ChecksumProgressPanel tally={state.progress} root={state.input.root} startedAt={state.startedAt} />;
    case 'done':
      return <ChecksumResultView result={state.result} platform={platform} onSave={onSave} />;
    case 'failed':
      return (
        <ErrorPanel error={state.error} root={state.input.root} onRunAgain={onRun} onChooseFolder={onChooseFolder} />
      );
    case 'cancelled':
      return (
        <MessagePanel icon={<StopIcon />} title="Cancelled">
          <p>{capitalize(describeDone(state.progress))}. No manifest was made.</p>
        </MessagePanel>
      );
  }
}

function capitalize(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
