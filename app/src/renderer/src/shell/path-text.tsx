import type { ReactElement } from 'react';
import { splitPath, visibleName } from '../format/path.ts';

/** A path on one line; where it is too long its folders are cut before its name is. */
export function PathText({ path }: { readonly path: string }): ReactElement {
  const { folders, name } = splitPath(path);
  return (
    <span className="path">
      {folders && <span className="path-folders">{visibleName(folders)}</span>}
      <span className="path-name">{visibleName(name)}</span>
    </span>
  );
}
