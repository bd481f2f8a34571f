import type { ChecksumFailure } from '#contracts/files';
import { type ReactElement, useState } from 'react';
import { visibleName } from '../format/path.ts';
import { PathText } from '../shell/path-text.tsx';
import { type ResultColumn, ResultTable } from './result-table.tsx';
import { RowDetail } from './row-detail.tsx';

export interface FailureTableProps {
  readonly failures: readonly ChecksumFailure[];
  readonly platform: string;
}

const columns: readonly ResultColumn[] = [
  { key: 'path', title: 'Path' },
  { key: 'reason', title: 'Reason' },
  { key: 'code', title: 'Code' },
];

/** The files that could not be read, each with its reason. */
export function FailureTable({ failures, platform }: FailureTableProps): ReactElement {
  const [selected, setSelected] = useState<number | null>(null);
  const detail = selected === null ? undefined : failures[selected];
  return (
    <div className="result-area" data-testid="failures">
      <ResultTable
        label="Files that could not be read"
        layout="columns-failures"
        columns={columns}
        rowCount={failures.length}
        renderCells={(row) => {
          const failure = failures[row];
          if (!failure) return [];
          return [<PathText key="path" path={failure.path} />, failure.reason, <code key="code">{failure.code}</code>];
        }}
        selected={selected}
        onSelect={setSelected}
        textOf={(row) => failures[row]?.reason}
        pathOf={(row) => failures[row]?.path}
        platform={platform}
        testId="failure-table"
        rowTestId="failure-row"
      />
      {detail && (
        <RowDetail
          path={detail.path}
          shownPath={visibleName(detail.path)}
          textName="reason"
          text={`${detail.reason} (${detail.code})`}
          platform={platform}
          onClose={() => setSelected(null)}
        />
      )}
    </div>
  );
}
