import type { ReactElement } from 'react';
import { formatElapsed } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import { ProgressBar } from '../run/progress-bar.tsx';
import { useNow } from '../shell/use-now.ts';
import type { SearchTally } from './match-log.ts';
import { summarizeMatches } from './search-text.ts';

export interface SearchProgressStripProps {
  readonly tally: SearchTally;
  /** Absolute path of the folder. */
  readonly root: string;
  /** Time of the run's clock at its start, in milliseconds. */
  readonly startedAt: number;
}

/** Shows a running search above its table: how much was found so far, and the time. */
export function SearchProgressStrip({ tally, root, startedAt }: SearchProgressStripProps): ReactElement {
  const now = useNow(250);
  const found = summarizeMatches(tally);
  return (
    <div className="search-progress">
      <ProgressBar label={`Search in ${visibleName(folderName(root))}`} fraction={undefined} valueText={found} />
      <div className="result-bar">
        <div className="result-summary">
          <span className="spinner" aria-hidden="true" />
          <p>
            <strong>{tally.lines === 0 ? 'Searching…' : found}</strong>
            <span className="muted"> · {formatElapsed(now - startedAt)}</span>
          </p>
        </div>
      </div>
    </div>
  );
}
