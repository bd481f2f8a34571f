import type { ReactElement } from 'react';
import { FolderIcon } from '../shell/icons.tsx';

/** Covers the window while something is dragged over it. */
export function DropOverlay({ busy }: { readonly busy: boolean }): ReactElement {
  return (
    <div className="drop-overlay" aria-hidden="true">
      <div className={busy ? 'drop-card refused' : 'drop-card'}>
        <FolderIcon />
        {busy ? 'Cancel the running task first' : 'Drop a folder to use it, or a manifest to verify'}
      </div>
    </div>
  );
}
