import type { ReactElement } from 'react';
import type { OffloadFigures, OffloadResult } from '../../../bridge/offload-messages.ts';
import { formatCounted } from '../format/count.ts';
import { DelayChart } from './delay-chart.tsx';
import { formatDelay, formatNumbers, summarizeOffload } from './offload-text.ts';

/** The picture of the comparison, and its figures in words. */
export function OffloadResultView({ result }: { readonly result: OffloadResult }): ReactElement {
  const { main, sidecars } = result;
  return (
    <section className="offload-result" aria-label="Result" data-testid="offload-result">
      <p className="offload-summary" data-testid="offload-summary">
        {summarizeOffload(result)}
      </p>
      <h2 className="offload-heading">How late the main process answers</h2>
      <DelayChart result={result} />
      <div className="offload-places">
        <Place name="Job in the main process" tone="bad" figures={main} />
        <Place name={`Job in ${formatCounted(sidecars.processes, 'sidecar')}`} tone="good" figures={sidecars} />
      </div>
      <p className="muted">
        Every 10 ms something became due in the main process; the delay is how long it had to wait. The job counts
        primes, for the same time in both places, with the same function.
      </p>
    </section>
  );
}

interface PlaceProps {
  readonly name: string;
  readonly tone: 'good' | 'bad';
  readonly figures: OffloadFigures;
}

function Place({ name, tone, figures: { p99, longest, perSecond } }: PlaceProps): ReactElement {
  return (
    <section className={`offload-place ${tone}`} aria-label={name}>
      <h3>{name}</h3>
      <dl>
        <div>
          <dt>p99 delay</dt>
          <dd>{formatDelay(p99)}</dd>
        </div>
        <div>
          <dt>Longest delay</dt>
          <dd>{formatDelay(longest)}</dd>
        </div>
        <div>
          <dt>Numbers tested a second</dt>
          <dd>{formatNumbers(perSecond)}</dd>
        </div>
      </dl>
    </section>
  );
}
