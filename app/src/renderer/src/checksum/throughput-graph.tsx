import type { ReactElement } from 'react';
import { graphPath } from './graph-path.ts';

const size = { width: 600, height: 64, minValues: 40 };

/** A graph of the speed during the run. Screen readers ignore it, because the speed is also shown as a number. */
export function ThroughputGraph({ history }: { readonly history: readonly number[] }): ReactElement {
  const { line, area } = graphPath(history, size);
  return (
    <svg className="graph" viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" aria-hidden="true">
      <path className="graph-area" d={area} />
      <path className="graph-line" d={line} />
    </svg>
  );
}
