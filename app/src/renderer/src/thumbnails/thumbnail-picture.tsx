import { type ReactElement, useEffect, useState } from 'react';
import { WarningIcon } from '../shell/icons.tsx';
import { BlobImage } from './blob-image.tsx';
import { type ThumbnailSource, toBlob } from './thumbnail-source.ts';

export interface ThumbnailPictureProps {
  readonly source: ThumbnailSource;
  readonly row: number;
}

/** The picture of a row's thumbnail. Its cell has the label. */
export function ThumbnailPicture({ source, row }: ThumbnailPictureProps): ReactElement {
  const [picture, setPicture] = useState<Blob | { readonly problem: string }>();
  useEffect(
    () => source.want(row, (answer) => setPicture('bytes' in answer ? toBlob(answer.bytes) : answer)),
    [source, row],
  );
  return (
    <span className="thumbnail-picture" title={picture && 'problem' in picture ? picture.problem : undefined}>
      {picture instanceof Blob ? <BlobImage blob={picture} alt="" /> : picture && <WarningIcon />}
    </span>
  );
}
