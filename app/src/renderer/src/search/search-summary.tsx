import type { ReactElement } from 'react';
import { formatDuration } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import { ErrorPanel } from '../run/error-panel.tsx';
import { CheckIcon, SearchIcon, StopIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { CopyButton } from '../table/copy-button.tsx';
import { toJson, toText } from './hit-text.ts';
import type { SearchTally } from './match-log.ts';
import { SearchProgressStrip } from './search-progress.tsx';
import type { SearchRunState } from './search-run.ts';
import { countFailures, describeScope, summarizeLeftOut, summarizeMatches } from './search-text.ts';

export type SearchTableView = 'matches' | 'failures';

export interface SearchSummaryProps {
  readonly state: Exclude<SearchRunState, { status: 'idle' }>;
  readonly found: SearchTally;
  /** Which table follows. */
  readonly view: SearchTableView;
  readonly onView: (view: SearchTableView) => void;
  readonly onRun: () => void;
  readonly onChooseFolder: () => void;
}

/** Shows how far a search is or how it ended, above the table, or in place of the table when nothing was found. */
export function SearchSummary(props: SearchSummaryProps): ReactElement {
  const { state, found, view, onRun, onChooseFolder } = props;
  const { root, pattern } = state.input;
  const compact = found.lines > 0 || view === 'failures' || found.failures.length > 0;
  switch (state.status) {
    case 'running':
      return <SearchProgressStrip tally={state.progress} root={root} startedAt={state.startedAt} />;
    case 'failed':
      return <ErrorPanel {...{ root, compact, onChooseFolder }} error={state.error} onRunAgain={onRun} />;
    case 'cancelled':
      return compact ? (
        <SummaryBar {...props} rest={['cancelled, there may be more']} />
      ) : (
        <MessagePanel icon={<StopIcon />} title="Cancelled">
          <p>No match had been found until then.</p>
        </MessagePanel>
      );
    case 'done':
      return compact ? (
        <SummaryBar {...props} rest={[formatDuration(state.durationMs), summarizeLeftOut(found)]} complete />
      ) : (
        <MessagePanel icon={<SearchIcon />} title="No matches">
          <p>
            No text file in {visibleName(folderName(root))} contains <code>{visibleName(pattern)}</code>.
          </p>
          <p>{[describeScope(state.input), summarizeLeftOut(found)].filter(Boolean).join(' ')}</p>
        </MessagePanel>
      );
  }
}

interface SummaryBarProps extends SearchSummaryProps {
  readonly rest: readonly string[];
  readonly complete?: boolean;
}

function SummaryBar({ found, rest, complete = false, view, onView }: SummaryBarProps): ReactElement {
  return (
    <div className="result-bar">
      <div className={complete ? 'result-summary good' : 'result-summary'}>
        {complete ? <CheckIcon /> : <StopIcon />}
        <p>
          <strong>{summarizeMatches(found)}</strong>
          <span className="muted"> · {rest.filter(Boolean).join(' · ')}</span>
        </p>
      </div>
      {found.failures.length > 0 && (
        <fieldset className="switch" aria-label="Show">
          <button type="button" aria-pressed={view === 'matches'} onClick={() => onView('matches')}>
            Matches
          </button>
          <button
            type="button"
            aria-pressed={view === 'failures'}
            data-testid="show-failures"
            onClick={() => onView('failures')}
          >
            Not read <span className="badge">{countFailures(found)}</span>
          </button>
        </fieldset>
      )}
      {found.kept > 0 && (
        <>
          <CopyButton label="Copy as text" name="all-text" text={() => toText(found.log.matches())} />
          <CopyButton label="Copy as JSON" name="all-json" text={() => toJson(found.log.matches())} />
        </>
      )}
    </div>
  );
}
