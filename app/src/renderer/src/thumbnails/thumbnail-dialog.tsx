import { type KeyboardEvent, type ReactElement, useEffect, useRef, useState } from 'react';
import { visibleName } from '../format/path.ts';
import { isAbortError, toRunError } from '../run/run-error.ts';
import { CloseIcon, WarningIcon } from '../shell/icons.tsx';
import { PathText } from '../shell/path-text.tsx';
import { BlobImage } from './blob-image.tsx';
import type { ThumbnailRow } from './thumbnail-log.ts';
import type { ThumbnailSource } from './thumbnail-source.ts';
import { describeSize } from './thumbnails-text.ts';

/** Longest side of the larger view, in pixels. */
const largeSize = 1_600;

export interface ThumbnailDialogProps {
  readonly image: ThumbnailRow;
  readonly row: number;
  readonly source: ThumbnailSource;
  /** Shows the image before (-1) or after (1) this one, if there is one. */
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
}

/** A larger view of one image. The arrow keys go on to its neighbours, and Escape closes it. */
export function ThumbnailDialog({ image, row, source, onStep, onClose }: ThumbnailDialogProps): ReactElement {
  const dialog = useRef<HTMLDialogElement>(null);
  const [shown, setShown] = useState<{ readonly row: number; readonly view: Blob | string }>();
  const view = shown?.row === row ? shown.view : undefined;

  useEffect(() => dialog.current?.showModal(), []);
  useEffect(() => {
    const closed = new AbortController();
    source.enlarge(row, { size: largeSize, signal: closed.signal }).then(
      (blob) => setShown({ row, view: blob }),
      (error: unknown) => {
        if (!closed.signal.aborted && !isAbortError(error)) setShown({ row, view: toRunError(error).message });
      },
    );
    return () => closed.abort();
  }, [source, row]);

  const onKeyDown = (event: KeyboardEvent): void => {
    // Otherwise Escape would also cancel the run behind the dialog.
    if (event.key === 'Escape') {
      event.preventDefault();
      onClose();
    }
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step !== 1 && step !== -1) return;
    event.preventDefault();
    onStep(step);
  };

  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- a dialog takes the keyboard's focus
    <dialog
      ref={dialog}
      className="thumbnail-dialog"
      aria-label={visibleName(image.path)}
      data-testid="thumbnail-dialog"
      onKeyDown={onKeyDown}
      onClose={onClose}
    >
      <div className="thumbnail-dialog-head">
        <div className="thumbnail-dialog-name">
          <PathText path={image.path} />
        </div>
        <span className="muted">{describeSize(image)}</span>
        <button type="button" className="button icon-only" aria-label="Close" title="Close (Esc)" onClick={onClose}>
          <CloseIcon />
        </button>
      </div>
      <div className="thumbnail-dialog-view" aria-live="polite">
        {typeof view === 'string' ? (
          <p className="thumbnail-dialog-problem" role="alert">
            <WarningIcon />
            {view}
          </p>
        ) : view !== undefined ? (
          <BlobImage blob={view} alt={visibleName(image.path)} />
        ) : (
          <output className="spinner" aria-label="Loading" />
        )}
      </div>
    </dialog>
  );
}
