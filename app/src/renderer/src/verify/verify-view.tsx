import type { ReactElement } from 'react';
import { FolderWelcome } from '../folder/folder-welcome.tsx';
import { formatElapsed } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import { ErrorPanel } from '../run/error-panel.tsx';
import { ProgressBar } from '../run/progress-bar.tsx';
import { StopIcon, VerifyIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { PathText } from '../shell/path-text.tsx';
import { useNow } from '../shell/use-now.ts';
import { VerifyForm } from './verify-form.tsx';
import type { VerifyTally } from './verify-log.ts';
import { VerifyResultView } from './verify-result.tsx';
import type { VerifyRunState } from './verify-run.ts';
import { describeCompared, summarizeCounts } from './verify-text.ts';

export interface VerifyViewProps {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  /** Absolute path; `null` before one is chosen. */
  readonly manifest: string | null;
  readonly state: VerifyRunState;
  readonly platform: string;
  readonly onChooseManifest: () => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onChooseFolder: () => void;
}

/** The comparison's part of the window: the manifest, and its progress or result. */
export function VerifyView(props: VerifyViewProps): ReactElement {
  const { folder, manifest, state, platform, onChooseManifest, onRun, onCancel } = props;
  return (
    <>
      <VerifyForm
        running={state.status === 'running'}
        ready={folder !== null && manifest !== null}
        {...{ manifest, platform, onChooseManifest, onRun, onCancel }}
      />
      <div className="content">
        <VerifyContent {...props} />
      </div>
    </>
  );
}

function VerifyContent(props: VerifyViewProps): ReactElement {
  const { folder, manifest, state, platform, onChooseManifest, onRun, onChooseFolder } = props;
  if (folder === null) return <FolderWelcome platform={platform} onChoose={onChooseFolder} />;
  switch (state.status) {
    case 'idle':
      return (
        <MessagePanel
          icon={<VerifyIcon />}
          tone="accent"
          title={
            manifest === null
              ? `Choose a manifest of ${visibleName(folderName(folder))}`
              : `Ready to verify ${visibleName(folderName(folder))}`
          }
          actions={
            manifest === null && (
              <button type="button" className="button primary" onClick={onChooseManifest}>
                Choose manifest…
              </button>
            )
          }
        >
          <p>
            Compares every file with a manifest that was saved here, or that <code>sha256sum</code>, <code>md5sum</code>
            , <code>b2sum</code> or <code>cksum</code> printed. Drop the manifest here, or choose it.
          </p>
        </MessagePanel>
      );
    case 'running':
      return <VerifyProgress tally={state.progress} root={state.input.root} startedAt={state.startedAt} />;
    case 'done':
      return <VerifyResultView tally={state.result} durationMs={state.durationMs} platform={platform} />;
    case 'failed':
      return (
        <ErrorPanel error={state.error} root={state.input.root} onRunAgain={onRun} onChooseFolder={onChooseFolder} />
      );
    case 'cancelled':
      return (
        <MessagePanel icon={<StopIcon />} title="Cancelled">
          <p>Until then: {summarizeCounts(state.progress.counts)}.</p>
        </MessagePanel>
      );
  }
}

interface VerifyProgressProps {
  readonly tally: VerifyTally;
  /** Absolute path of the folder. */
  readonly root: string;
  /** Time of the run's clock at its start, in milliseconds. */
  readonly startedAt: number;
}

function VerifyProgress({ tally, root, startedAt }: VerifyProgressProps): ReactElement {
  const now = useNow(250);
  const { latest, counts } = tally;
  const total = latest?.filesTotal ?? 0;
  const fraction = latest === undefined || total === 0 ? undefined : Math.min(1, latest.filesDone / total);
  return (
    <section className="progress-panel" aria-label="Progress">
      <div className="progress-head">
        <p className="progress-percent">{describeCompared(tally)}</p>
        <p className="progress-remaining">{formatElapsed(now - startedAt)}</p>
      </div>
      <ProgressBar
        label={`Comparison of ${visibleName(folderName(root))}`}
        fraction={fraction}
        valueText={describeCompared(tally)}
      />
      <p>{summarizeCounts(counts)}</p>
      <p className="progress-path">{latest && latest.path !== '.' && <PathText path={latest.path} />}</p>
    </section>
  );
}
