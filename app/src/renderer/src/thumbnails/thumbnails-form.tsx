import type { FormEvent, ReactElement } from 'react';
import { RunButton } from '../run/run-button.tsx';
import { ChevronIcon } from '../shell/icons.tsx';
import { type ThumbnailsFormOptions, thumbnailSizes } from './thumbnails-options.ts';

export interface ThumbnailsFormProps {
  readonly options: ThumbnailsFormOptions;
  readonly onChange: (options: ThumbnailsFormOptions) => void;
  readonly running: boolean;
  /** Whether a folder is chosen. */
  readonly ready: boolean;
  readonly platform: string;
  readonly onRun: () => void;
  readonly onCancel: () => void;
}

/** The options of the thumbnails, with Make thumbnails and Cancel. */
export function ThumbnailsForm(props: ThumbnailsFormProps): ReactElement {
  const { options, onChange, running, ready, platform, onRun, onCancel } = props;
  const onSubmit = (event: FormEvent): void => {
    event.preventDefault();
    onRun();
  };
  return (
    <form className="tools" aria-label="Thumbnails" onSubmit={onSubmit}>
      <label className="field">
        Size
        <span className="select-box">
          <select
            className="select"
            data-testid="thumbnail-size"
            disabled={running}
            value={options.size}
            onChange={({ target }) => onChange({ ...options, size: Number(target.value) })}
          >
            {thumbnailSizes.map((size) => (
              <option key={size} value={size}>
                {size} px
              </option>
            ))}
          </select>
          <ChevronIcon />
        </span>
      </label>
      <label className="field">
        Order
        <span className="select-box">
          <select
            className="select"
            data-testid="thumbnail-order"
            disabled={running}
            value={options.sort}
            onChange={({ target }) => onChange({ ...options, sort: target.value === 'none' ? 'none' : 'path' })}
          >
            <option value="path">By path</option>
            <option value="none">As they are made</option>
          </select>
          <ChevronIcon />
        </span>
      </label>
      <label className="check" title="Take the images of the folders inside too">
        <input
          type="checkbox"
          data-testid="thumbnail-recursive"
          disabled={running}
          checked={options.recursive}
          onChange={({ target }) => onChange({ ...options, recursive: target.checked })}
        />
        Folders inside too
      </label>
      <RunButton label="Make thumbnails" primary {...{ running, ready, platform, onCancel }} />
    </form>
  );
}
