import { type ReactElement, useState } from 'react';
import { formatBytes } from '../format/bytes.ts';
import { formatCount, formatCounted } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { CheckIcon, FolderIcon, SaveIcon, WarningIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { ariaShortcut, shortcutLabel } from '../shell/shortcuts.ts';
import type { ChecksumResult } from './checksum-task.ts';
import { algorithmNames, averageThroughput } from './checksum-text.ts';
import { FailureTable } from '../table/failure-table.tsx';
import { ManifestTable } from './manifest-table.tsx';

export interface ChecksumResultViewProps {
  readonly result: ChecksumResult;
  readonly platform: string;
  readonly onSave: () => void;
}

/** Shows a finished checksum: its totals, the files, and those that could not be read. */
export function ChecksumResultView({ result, platform, onSave }: ChecksumResultViewProps): ReactElement {
  const { output, index } = result;
  const failed = output.failures.length;
  const [view, setView] = useState<'files' | 'failures'>(output.files === 0 && failed > 0 ? 'failures' : 'files');
  const algorithmName = algorithmNames[output.algorithm];
  const throughput = averageThroughput(output);

  return (
    <section className="result" aria-label="Result">
      <div className="result-bar">
        <div className={failed > 0 ? 'result-summary warned' : 'result-summary good'}>
          {failed > 0 ? <WarningIcon /> : <CheckIcon />}
          <p>
            <strong>{formatCounted(output.files, 'file')}</strong>
            <span className="muted">
              {' '}
              · {formatBytes(output.bytes)} in {formatDuration(output.durationMs)}
              {throughput && <span className="optional"> · {throughput}</span>}
            </span>
          </p>
        </div>
        {failed > 0 && (
          <fieldset className="switch" aria-label="Show">
            <button
              type="button"
              aria-pressed={view === 'files'}
              data-testid="show-files"
              onClick={() => setView('files')}
            >
              Files
            </button>
            <button
              type="button"
              aria-pressed={view === 'failures'}
              data-testid="show-failures"
              onClick={() => setView('failures')}
            >
              Not read <span className="badge">{formatCount(failed)}</span>
            </button>
          </fieldset>
        )}
        {output.files > 0 && (
          <button
            type="button"
            className="button primary"
            data-testid="save-manifest"
            aria-keyshortcuts={ariaShortcut('save-manifest', platform)}
            title={`Save the manifest (${shortcutLabel('save-manifest', platform)})`}
            onClick={onSave}
          >
            <SaveIcon />
            Save manifest…
          </button>
        )}
      </div>
      {view === 'failures' ? (
        <FailureTable failures={output.failures} platform={platform} />
      ) : output.files === 0 ? (
        <MessagePanel icon={<FolderIcon />} title="No files in this folder">
          <p>There is nothing here to checksum, so there is no manifest to save.</p>
        </MessagePanel>
      ) : (
        <ManifestTable index={index} algorithmName={algorithmName} platform={platform} />
      )}
    </section>
  );
}
