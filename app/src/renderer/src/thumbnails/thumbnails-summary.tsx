import type { ReactElement } from 'react';
import { formatCount } from '../format/count.ts';
import { formatDuration, formatElapsed } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import { ErrorPanel } from '../run/error-panel.tsx';
import { ProgressBar } from '../run/progress-bar.tsx';
import { CheckIcon, ImageIcon, StopIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { useNow } from '../shell/use-now.ts';
import type { ThumbnailTally } from './thumbnail-log.ts';
import type { ThumbnailsRunState } from './thumbnails-run.ts';
import { describeMade, summarizeThumbnails, thumbnailsFraction } from './thumbnails-text.ts';

export type ThumbnailsPart = 'thumbnails' | 'refusals';

export interface ThumbnailsSummaryProps {
  readonly state: Exclude<ThumbnailsRunState, { status: 'idle' }>;
  readonly made: ThumbnailTally;
  /** What is shown below. */
  readonly part: ThumbnailsPart;
  readonly onPart: (part: ThumbnailsPart) => void;
  readonly onRun: () => void;
  readonly onChooseFolder: () => void;
}

/** Shows how far a run is or how it ended, above the grid, or in its place when there is nothing to show. */
export function ThumbnailsSummary(props: ThumbnailsSummaryProps): ReactElement {
  const { state, made, onRun, onChooseFolder } = props;
  const { root } = state.input;
  const compact = made.rows + made.refused > 0;
  switch (state.status) {
    case 'running':
      return <ProgressStrip {...props} root={root} startedAt={state.startedAt} />;
    case 'failed':
      return <ErrorPanel {...{ root, compact, onChooseFolder }} error={state.error} onRunAgain={onRun} />;
    case 'cancelled':
      return compact ? (
        <SummaryBar {...props} rest="cancelled, there may be more" />
      ) : (
        <MessagePanel icon={<StopIcon />} title="Cancelled">
          <p>No thumbnail had been made until then.</p>
        </MessagePanel>
      );
    case 'done':
      return compact ? (
        <SummaryBar {...props} rest={formatDuration(state.durationMs)} complete />
      ) : (
        <MessagePanel icon={<ImageIcon />} title="No images">
          <p>
            {visibleName(folderName(root))} has no images{state.input.recursive ? ', nor has any folder in it' : ''}.
          </p>
        </MessagePanel>
      );
  }
}

function ProgressStrip({
  made,
  root,
  startedAt,
  ...rest
}: ThumbnailsSummaryProps & { readonly root: string; readonly startedAt: number }): ReactElement {
  const now = useNow(250);
  const text = describeMade(made);
  return (
    <div className="search-progress">
      <ProgressBar
        label={`Thumbnails of ${visibleName(folderName(root))}`}
        fraction={thumbnailsFraction(made)}
        valueText={text}
      />
      <div className="result-bar">
        <div className="result-summary">
          <span className="spinner" aria-hidden="true" />
          <p>
            <strong>{made.found === 0 ? 'Looking for images…' : text}</strong>
            <span className="muted"> · {formatElapsed(now - startedAt)}</span>
          </p>
        </div>
        <PartSwitch made={made} {...rest} />
      </div>
    </div>
  );
}

interface SummaryBarProps extends ThumbnailsSummaryProps {
  readonly rest: string;
  readonly complete?: boolean;
}

function SummaryBar({ rest, complete = false, ...props }: SummaryBarProps): ReactElement {
  return (
    <div className="result-bar">
      <div className={complete ? 'result-summary good' : 'result-summary'}>
        {complete ? <CheckIcon /> : <StopIcon />}
        <p>
          <strong>{summarizeThumbnails(props.made)}</strong>
          <span className="muted"> · {rest}</span>
        </p>
      </div>
      <PartSwitch {...props} />
    </div>
  );
}

function PartSwitch({
  made,
  part,
  onPart,
}: Pick<ThumbnailsSummaryProps, 'made' | 'part' | 'onPart'>): ReactElement | null {
  if (made.refused === 0) return null;
  return (
    <fieldset className="switch" aria-label="Show">
      <button type="button" aria-pressed={part === 'thumbnails'} onClick={() => onPart('thumbnails')}>
        Thumbnails
      </button>
      <button
        type="button"
        aria-pressed={part === 'refusals'}
        data-testid="show-refusals"
        onClick={() => onPart('refusals')}
      >
        Refused <span className="badge">{formatCount(made.refused)}</span>
      </button>
    </fieldset>
  );
}
