import type { ReactElement } from 'react';
import { graphPath } from './graph-path.ts';

const size = { width: 600, height: 64, minValues: 40 };

/** The speed over the run so far, in bytes a second; a decoration beside the figure. */
export function ThroughputGraph({ history }: { readonly history: readonly number[] }): ReactElement {
  const { line, area } = graphPath(history, size);
  return (
    <svg className="graph" viewBox={`0 0 ${size.width} ${size.height}`} preserveAspectRatio="none" aria-hidden="true">
      <path className="graph-area" d={area} />
      <path className="graph-line" d={line} />
    </svg>
  );
}
