import type { ReactElement } from 'react';
import { splitPath, visibleName } from '../format/path.ts';

/** A path on one line. A path that is too long is shortened in its folders before its name. */
export function PathText({ path }: { readonly path: string }): ReactElement {
  const { folders, name } = splitPath(path);
  return (
    <span className="path">
      {folders && <span className="path-folders">{visibleName(folders)}</span>}
      <span className="path-name">{visibleName(name)}</span>
    </span>
  );
}
