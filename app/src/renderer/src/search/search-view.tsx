import { type ReactElement, type Ref, useState } from 'react';
import type { FilePlace } from '../api.ts';
import { FolderWelcome } from '../folder/folder-welcome.tsx';
import { folderName, visibleName } from '../format/path.ts';
import { SearchIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { FailureTable } from '../table/failure-table.tsx';
import { MatchTable } from './match-table.tsx';
import { SearchForm } from './search-form.tsx';
import { patternProblem, type SearchFormOptions } from './search-options.ts';
import { foundBy, type SearchRunState } from './search-run.ts';
import { SearchSummary } from './search-summary.tsx';

export interface SearchViewProps {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  readonly state: SearchRunState;
  readonly options: SearchFormOptions;
  readonly patternRef: Ref<HTMLInputElement>;
  readonly platform: string;
  readonly onOptionsChange: (options: SearchFormOptions) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onChooseFolder: () => void;
  /** Opens a file in the user's editor. */
  readonly onOpen: (root: string, place: FilePlace) => void;
}

/** The search's part of the window: its form, and its progress or result. */
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

function SearchContent({ folder, state, platform, onRun, onChooseFolder, onOpen }: SearchViewProps): ReactElement {
  const [view, setView] = useState<'matches' | 'failures'>('matches');
  if (folder === null) return <FolderWelcome platform={platform} onChoose={onChooseFolder} />;
  const found = foundBy(state);
  if (state.status === 'idle' || !found || (state.status === 'failed' && state.error.kind === 'invalid-pattern')) {
    return <SearchWelcome folder={folder} />;
  }
  const shown = found.failures.length === 0 ? 'matches' : view;
  const { root } = state.input;
  return (
    <section className="result" aria-label="Result">
      <SearchSummary {...{ state, found, onRun, onChooseFolder }} view={shown} onView={setView} />
      {shown === 'failures' ? (
        <FailureTable failures={found.failures} platform={platform} />
      ) : (
        found.lines > 0 && (
          <MatchTable key={state.runId} tally={found} platform={platform} onOpen={(place) => onOpen(root, place)} />
        )
      )}
    </section>
  );
}

function SearchWelcome({ folder }: { readonly folder: string }): ReactElement {
  return (
    <MessagePanel icon={<SearchIcon />} tone="accent" title={`Search in ${visibleName(folderName(folder))}`}>
      <p>Type a text or a regular expression above and press Enter. Matches appear here as they are found.</p>
    </MessagePanel>
  );
}
