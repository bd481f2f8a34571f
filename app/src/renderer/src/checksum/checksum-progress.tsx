import type { ReactElement } from 'react';
import { formatBytes, formatThroughput } from '../format/bytes.ts';
import { formatCount } from '../format/count.ts';
import { formatElapsed, formatRemaining } from '../format/duration.ts';
import { folderName, visibleName } from '../format/path.ts';
import { completedFraction, toPercent } from '../progress/fraction.ts';
import { bytesPerSecond, remainingMs } from '../progress/rate.ts';
import { ProgressBar } from '../run/progress-bar.tsx';
import { PathText } from '../shell/path-text.tsx';
import { useNow } from '../shell/use-now.ts';
import { describeDone } from './checksum-text.ts';
import type { ChecksumTally } from './checksum-tally.ts';
import { ThroughputGraph } from './throughput-graph.tsx';

export interface ChecksumProgressPanelProps {
  readonly tally: ChecksumTally;
  /** Absolute path of the folder. */
  readonly root: string;
  /** Time of the run's clock at its start, in milliseconds. */
  readonly startedAt: number;
}

/** Shows a running checksum: how much is done, its speed, and the time left. */
export function ChecksumProgressPanel({ tally, root, startedAt }: ChecksumProgressPanelProps): ReactElement {
  const now = useNow(250);
  const { latest } = tally;
  const fraction = latest && completedFraction(latest);
  const speed = bytesPerSecond(tally.samples, now);
  const left = latest && remainingMs({ ...latest, bytesTotal: latest.bytesTotal, bytesPerSecond: speed });
  const name = visibleName(folderName(root));

  return (
    <section className="progress-panel" aria-label="Progress">
      <div className="progress-head">
        <p className="progress-percent">{fraction === undefined ? 'Counting files…' : `${toPercent(fraction)}%`}</p>
        <p className="progress-remaining" data-testid="remaining">
          {fraction === undefined
            ? 'time left not known yet'
            : left === undefined
              ? 'estimating…'
              : formatRemaining(left)}
        </p>
      </div>
      <ProgressBar label={`Checksum of ${name}`} fraction={fraction} valueText={describeDone(tally)} />
      <dl className="metrics">
        <Metric
          name="Files"
          value={formatCount(latest?.filesDone ?? 0)}
          total={latest?.filesTotal}
          format={formatCount}
        />
        <Metric
          name="Read"
          value={formatBytes(latest?.bytesDone ?? 0)}
          total={latest?.bytesTotal}
          format={formatBytes}
        />
        <Metric name="Throughput" value={speed === undefined ? '–' : formatThroughput(speed)} testId="throughput" />
        <Metric name="Elapsed" value={formatElapsed(now - startedAt)} />
      </dl>
      <ThroughputGraph history={tally.history} />
      <p className="progress-path">{latest && latest.path !== '.' && <PathText path={latest.path} />}</p>
    </section>
  );
}

interface MetricProps {
  readonly name: string;
  readonly value: string;
  readonly total?: number | undefined;
  readonly format?: (total: number) => string;
  readonly testId?: string;
}

function Metric({ name, value, total, format = String, testId }: MetricProps): ReactElement {
  return (
    <div className="metric">
      <dt>{name}</dt>
      <dd data-testid={testId}>
        {value}
        {total !== undefined && <span className="muted"> of {format(total)}</span>}
      </dd>
    </div>
  );
}
