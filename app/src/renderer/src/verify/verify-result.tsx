import type { VerifyState } from '#contracts/files';
import { type ReactElement, useState } from 'react';
import { formatCount, formatCounted } from '../format/count.ts';
import { formatDuration } from '../format/duration.ts';
import { visibleName } from '../format/path.ts';
import { CheckIcon, VerifyIcon, WarningIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { PathText } from '../shell/path-text.tsx';
import { type ResultColumn, ResultTable } from '../table/result-table.tsx';
import { RowDetail } from '../table/row-detail.tsx';
import { describeLimit } from '../table/row-limit.ts';
import { verifyStates, type VerifyTally } from './verify-log.ts';
import { isAllRight, stateNames, summarizeCounts } from './verify-text.ts';

export interface VerifyResultViewProps {
  readonly tally: VerifyTally;
  readonly durationMs: number;
  readonly platform: string;
}

/** Shows a finished comparison: a summary, and the files of each state. */
export function VerifyResultView({ tally, durationMs, platform }: VerifyResultViewProps): ReactElement {
  const { counts, misread } = tally;
  const present = verifyStates.filter((state) => counts[state] > 0);
  const [chosen, setChosen] = useState<VerifyState | undefined>(present[0]);
  const allRight = isAllRight(counts);
  return (
    <section className="result" aria-label="Result">
      <div className="result-bar">
        <div className={allRight ? 'result-summary good' : 'result-summary warned'} data-testid="verify-summary">
          {allRight ? <CheckIcon /> : <WarningIcon />}
          <p>
            <strong>{allRight ? 'All files are as in the manifest' : summarizeCounts(counts)}</strong>
            <span className="muted"> · {formatDuration(durationMs)}</span>
          </p>
        </div>
        {present.length > 0 && (
          <fieldset className="switch" aria-label="Show">
            {present.map((state) => (
              <button
                key={state}
                type="button"
                aria-pressed={state === chosen}
                data-testid={`show-${state}`}
                onClick={() => setChosen(state)}
              >
                {stateNames[state]} <span className={`badge ${tones[state]}`}>{formatCount(counts[state])}</span>
              </button>
            ))}
          </fieldset>
        )}
      </div>
      {misread.length > 0 && (
        <p className="limit-note" data-testid="misread">
          {formatCounted(counts.misread, 'line')} of the manifest {counts.misread === 1 ? 'is' : 'are'} not understood:{' '}
          {misread.slice(0, 10).map(formatCount).join(', ')}
          {counts.misread > 10 && ' and more'}.
        </p>
      )}
      {chosen === undefined ? (
        <MessagePanel icon={<VerifyIcon />} title="No files to compare">
          <p>The manifest names no file, and the folder holds none.</p>
        </MessagePanel>
      ) : (
        <VerifiedTable key={chosen} state={chosen} tally={tally} platform={platform} />
      )}
    </section>
  );
}

const tones: Readonly<Record<VerifyState, string>> = {
  ok: 'good',
  changed: 'bad',
  missing: 'bad',
  unreadable: '',
  new: 'plain',
};

const columns: readonly ResultColumn[] = [
  { key: 'path', title: 'Path' },
  { key: 'state', title: 'State' },
];

interface VerifiedTableProps {
  readonly state: VerifyState;
  readonly tally: VerifyTally;
  readonly platform: string;
}

function VerifiedTable({ state, tally, platform }: VerifiedTableProps): ReactElement {
  const { log, kept, counts } = tally;
  const [selected, setSelected] = useState<number | null>(null);
  const detail = selected === null ? undefined : log.at(state, selected);
  const limit = describeLimit(kept[state], counts[state], 'files');
  const stateOf = (row: number): string => log.at(state, row)?.reason ?? stateNames[state];
  return (
    <div className="result-area">
      {limit && <p className="limit-note">{limit}</p>}
      <ResultTable
        label={stateNames[state]}
        layout="columns-verify"
        columns={columns}
        rowCount={kept[state]}
        totalRows={counts[state]}
        renderCells={(row) => {
          const file = log.at(state, row);
          return file ? [<PathText key="path" path={file.path} />, stateOf(row)] : [];
        }}
        selected={selected}
        onSelect={setSelected}
        textOf={stateOf}
        pathOf={(row) => log.at(state, row)?.path}
        platform={platform}
      />
      {detail && selected !== null && (
        <RowDetail
          path={detail.path}
          shownPath={visibleName(detail.path)}
          textName="state"
          text={stateOf(selected)}
          platform={platform}
          onClose={() => setSelected(null)}
        />
      )}
    </div>
  );
}
