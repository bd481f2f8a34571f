import { type ReactElement, useLayoutEffect, useRef } from 'react';

export interface BlobImageProps {
  readonly blob: Blob;
  /** Empty where something else has the label. */
  readonly alt: string;
}

/** Shows an image that the page has in memory. Its address is given up when the image leaves the page. */
export function BlobImage({ blob, alt }: BlobImageProps): ReactElement {
  const image = useRef<HTMLImageElement>(null);
  useLayoutEffect(() => {
    const url = URL.createObjectURL(blob);
    if (image.current) image.current.src = url;
    // Without this the page would keep the blob until the window closes.
    return () => URL.revokeObjectURL(url);
  }, [blob]);
  return <img ref={image} alt={alt} draggable={false} decoding="async" />;
}
