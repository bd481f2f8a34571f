import { type ReactElement, useMemo, useState } from 'react';
import type { FilesClient, ThumbnailsRequest } from '../api.ts';
import { FolderWelcome } from '../folder/folder-welcome.tsx';
import { folderName, visibleName } from '../format/path.ts';
import { ImageIcon } from '../shell/icons.tsx';
import { MessagePanel } from '../shell/message-panel.tsx';
import { FailureTable } from '../table/failure-table.tsx';
import { ThumbnailDialog } from './thumbnail-dialog.tsx';
import { ThumbnailGrid } from './thumbnail-grid.tsx';
import type { ThumbnailTally } from './thumbnail-log.ts';
import { ThumbnailSource } from './thumbnail-source.ts';
import { ThumbnailsForm } from './thumbnails-form.tsx';
import type { ThumbnailsFormOptions } from './thumbnails-options.ts';
import { madeBy, type ThumbnailsRunState } from './thumbnails-run.ts';
import { type ThumbnailsPart, ThumbnailsSummary } from './thumbnails-summary.tsx';

export interface ThumbnailsViewProps {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  readonly files: FilesClient;
  readonly state: ThumbnailsRunState;
  readonly options: ThumbnailsFormOptions;
  readonly platform: string;
  readonly onOptionsChange: (options: ThumbnailsFormOptions) => void;
  readonly onRun: () => void;
  readonly onCancel: () => void;
  readonly onChooseFolder: () => void;
}

/** The thumbnails' part of the window: their form, and the grid. */
export function ThumbnailsView(props: ThumbnailsViewProps): ReactElement {
  const { folder, state, options, platform, onOptionsChange, onRun, onCancel } = props;
  return (
    <>
      <ThumbnailsForm
        onChange={onOptionsChange}
        running={state.status === 'running'}
        ready={folder !== null}
        {...{ options, platform, onRun, onCancel }}
      />
      <div className="content">
        <ThumbnailsContent {...props} />
      </div>
    </>
  );
}

function ThumbnailsContent(props: ThumbnailsViewProps): ReactElement {
  const { folder, files, state, platform, onRun, onChooseFolder } = props;
  const [part, setPart] = useState<ThumbnailsPart>('thumbnails');
  if (folder === null) return <FolderWelcome platform={platform} onChoose={onChooseFolder} />;
  const made = madeBy(state);
  if (state.status === 'idle' || !made) {
    return (
      <MessagePanel icon={<ImageIcon />} tone="accent" title={`Thumbnails of ${visibleName(folderName(folder))}`}>
        <p>
          Shows every JPEG, PNG, WebP, GIF, AVIF and TIFF as a thumbnail. Images that are damaged or too large are
          listed with the reason.
        </p>
      </MessagePanel>
    );
  }
  const shown = made.refused === 0 ? 'thumbnails' : part;
  return (
    <section className="result" aria-label="Result">
      <ThumbnailsSummary {...{ state, made, onRun, onChooseFolder }} part={shown} onPart={setPart} />
      {shown === 'refusals' ? (
        <FailureTable failures={made.refusals} platform={platform} />
      ) : (
        made.rows > 0 && <Thumbnails key={state.runId} {...{ files, made }} input={state.input} />
      )}
    </section>
  );
}

interface ThumbnailsProps {
  readonly files: FilesClient;
  readonly input: ThumbnailsRequest;
  readonly made: ThumbnailTally;
}

function Thumbnails({ files, input, made }: ThumbnailsProps): ReactElement {
  const { log, rows } = made;
  const [selected, setSelected] = useState<number | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const source = useMemo(() => new ThumbnailSource(files, input, log), [files, input, log]);
  const image = isOpen && selected !== null ? log.at(selected) : undefined;
  return (
    <div className="result-area">
      <ThumbnailGrid
        {...{ log, source, selected }}
        count={rows}
        isCovered={image !== undefined}
        onSelect={setSelected}
        onOpen={(cell) => {
          setSelected(cell);
          setIsOpen(true);
        }}
      />
      {selected !== null && image && (
        <ThumbnailDialog
          {...{ image, source }}
          row={selected}
          onStep={(step) => setSelected(Math.min(rows - 1, Math.max(0, selected + step)))}
          onClose={() => setIsOpen(false)}
        />
      )}
    </div>
  );
}
