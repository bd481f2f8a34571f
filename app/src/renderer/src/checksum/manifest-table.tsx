import { type ReactElement, useState } from 'react';
import { visibleName } from '../format/path.ts';
import { type ManifestIndex, readManifestLine } from '../manifest/manifest-index.ts';
import { PathText } from '../shell/path-text.tsx';
import { type ResultColumn, ResultTable } from '../table/result-table.tsx';
import { RowDetail } from '../table/row-detail.tsx';
import { describeLimit, maxTableRows } from '../table/row-limit.ts';

export interface ManifestTableProps {
  readonly index: ManifestIndex;
  readonly algorithmName: string;
  readonly platform: string;
}

/** A table of a manifest's files with their digests. A line is decoded when its row is shown. */
export function ManifestTable({ index, algorithmName, platform }: ManifestTableProps): ReactElement {
  const [selected, setSelected] = useState<number | null>(null);
  const detail = selected === null ? undefined : readManifestLine(index, selected);
  const shown = Math.min(index.count, maxTableRows);
  const limit = describeLimit(shown, index.count, 'files');
  const columns: readonly ResultColumn[] = [
    { key: 'path', title: 'Path' },
    { key: 'digest', title: algorithmName },
  ];
  return (
    <div className="result-area">
      {limit && <p className="limit-note">{limit} The saved manifest has them all.</p>}
      <ResultTable
        label="Checksums"
        layout="columns-checksum"
        columns={columns}
        rowCount={shown}
        totalRows={index.count}
        renderCells={(row) => {
          const line = readManifestLine(index, row);
          if (!line) return [];
          return [
            <PathText key="path" path={line.path} />,
            <code key="digest" className="digest">
              {line.digest}
            </code>,
          ];
        }}
        selected={selected}
        onSelect={setSelected}
        textOf={(row) => readManifestLine(index, row)?.digest}
        pathOf={(row) => readManifestLine(index, row)?.path}
        platform={platform}
      />
      {detail && (
        <RowDetail
          path={detail.path}
          shownPath={visibleName(detail.path)}
          textName="digest"
          text={detail.digest}
          platform={platform}
          onClose={() => setSelected(null)}
        />
      )}
    </div>
  );
}
