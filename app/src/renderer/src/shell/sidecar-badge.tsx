import type { ReactElement } from 'react';
import type { SidecarState } from '../api.ts';
import { describeSidecar, sidecarFacts } from './sidecar-text.ts';

/** Shows the sidecar's state in the corner of the window. */
export function SidecarBadge({ sidecar }: { readonly sidecar: SidecarState }): ReactElement {
  const { text, tone } = describeSidecar(sidecar);
  const facts = sidecarFacts(sidecar);
  return (
    <div className="sidecar" data-testid="sidecar-state" data-state={sidecar.state} title={sidecar.detail}>
      <span className={`sidecar-dot ${tone}`} aria-hidden="true" />
      <span>{text}</span>
      {facts && <span className="sidecar-facts">{facts}</span>}
    </div>
  );
}
