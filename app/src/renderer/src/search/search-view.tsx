import type { ReactElement, Ref } from 'react';
import { FolderWelcome } from '../folder/folder-welcome.tsx';
import { formatDuration } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import { ErrorPanel } from '../run/error-panel.tsx';
import { CheckIcon, SearchIcon, StopIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { MatchTable } from './match-table.tsx';
import { SearchForm } from './search-form.tsx';
import { patternProblem, type SearchOptions } from './search-options.ts';
import { SearchProgressStrip } from './search-progress.tsx';
import { foundBy, type SearchRunState } from './search-run.ts';
import { summarizeMatches } from './search-text.ts';

export interface SearchViewProps {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  readonly state: SearchRunState;
  readonly options: SearchOptions;
  readonly patternRef: Ref<HTMLInputElement>;
  readonly platform: string;
  readonly onOptionsChange: (options: SearchOptions) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onChooseFolder: () => void;
}

/** The search's part of the window: its form, and whatever its run has found. */
export function SearchView(props: SearchViewProps): ReactElement {
  const { folder, state, options, patternRef, platform, onOptionsChange, onRun, onCancel } = props;
  return (
    <>
      <SearchForm
        onChange={onOptionsChange}
        problem={patternProblem(state, options)}
        running={state.status === 'running'}
        ready={folder !== null && options.pattern !== ''}
        {...{ options, patternRef, platform, onRun, onCancel }}
      />
      <div className="content">
        <SearchContent {...props} />
      </div>
    </>
  );
}

function SearchContent({ folder, state, platform, onRun, onChooseFolder }: SearchViewProps): ReactElement {
  if (folder === null) return <FolderWelcome platform={platform} onChoose={onChooseFolder} />;
  const found = foundBy(state);
  if (state.status === 'idle' || !found || (state.status === 'failed' && state.error.kind === 'invalid-pattern')) {
    return <SearchWelcome folder={folder} />;
  }
  return (
    <section className="result" aria-label="Result">
      <SearchSummary {...{ state, onRun, onChooseFolder }} compact={found.total > 0} />
      {found.total > 0 && <MatchTable key={state.runId} tally={found} search={state.input} platform={platform} />}
    </section>
  );
}

interface SearchSummaryProps {
  readonly state: Exclude<SearchRunState, { status: 'idle' }>;
  /** Whether the table follows. */
  readonly compact: boolean;
  readonly onRun: () => void;
  readonly onChooseFolder: () => void;
}

function SearchSummary({ state, compact, onRun, onChooseFolder }: SearchSummaryProps): ReactElement {
  const { root, pattern } = state.input;
  switch (state.status) {
    case 'running':
      return <SearchProgressStrip tally={state.progress} root={root} startedAt={state.startedAt} />;
    case 'failed':
      return (
        <ErrorPanel
          error={state.error}
          root={root}
          compact={compact}
          onRunAgain={onRun}
          onChooseFolder={onChooseFolder}
        />
      );
    case 'cancelled':
      return compact ? (
        <SummaryBar found={summarizeMatches(state.progress)} rest="cancelled, there may be more" />
      ) : (
        <MessagePanel icon={<StopIcon />} title="Cancelled">
          <p>No match had been found until then.</p>
        </MessagePanel>
      );
    case 'done':
      return compact ? (
        <SummaryBar found={summarizeMatches(state.result)} rest={formatDuration(state.durationMs)} complete />
      ) : (
        <MessagePanel icon={<SearchIcon />} title="No matches">
          <p>
            No text file in {visibleName(folderName(root))} contains <code>{visibleName(pattern)}</code>. Binary files
            are skipped.
          </p>
        </MessagePanel>
      );
  }
}

interface SummaryBarProps {
  readonly found: string;
  readonly rest: string;
  readonly complete?: boolean;
}

function SummaryBar({ found, rest, complete = false }: SummaryBarProps): ReactElement {
  return (
    <div className="result-bar">
      <div className={complete ? 'result-summary good' : 'result-summary'}>
        {complete ? <CheckIcon /> : <StopIcon />}
        <p>
          <strong>{found}</strong>
          <span className="muted"> · {rest}</span>
        </p>
      </div>
    </div>
  );
}

function SearchWelcome({ folder }: { readonly folder: string }): ReactElement {
  return (
    <MessagePanel icon={<SearchIcon />} tone="accent" title={`Search in ${visibleName(folderName(folder))}`}>
      <p>Type a text or a regular expression above and press Enter. Matches appear here as they are found.</p>
    </MessagePanel>
  );
}
