import { type ReactElement, type ReactNode, useState } from 'react';
import type { FilePlace } from '../api.ts';
import { formatCount, formatCounted } from '../format/count.ts';
import { visibleName } from '../format/path.ts';
import { FileIcon } from '../shell/icons.tsx';
import { PathText } from '../shell/path-text.tsx';
import { type ResultColumn, ResultTable } from '../table/result-table.tsx';
import { RowDetail } from '../table/row-detail.tsx';
import { describeLimit } from '../table/row-limit.ts';
import { placeOf } from './hit-text.ts';
import { partsOf } from './line-parts.ts';
import type { HitRow, SearchTally } from './match-log.ts';

export interface MatchTableProps {
  readonly tally: SearchTally;
  readonly platform: string;
  /** Opens a file in the user's editor. */
  readonly onOpen: (place: FilePlace) => void;
}

const columns: readonly ResultColumn[] = [
  { key: 'line', title: 'Line', align: 'end' },
  { key: 'text', title: 'Text' },
];

/** A table of the hits found so far, those of each file below its name. */
export function MatchTable({ tally, platform, onOpen }: MatchTableProps): ReactElement {
  const { log, rows, kept, lines } = tally;
  const [selected, setSelected] = useState<number | null>(null);
  const detail = selected === null ? undefined : log.at(selected);
  const limit = describeLimit(kept, lines, 'lines');
  const open = (row: HitRow | undefined): void => {
    const place = row && placeIn(row);
    if (place) onOpen(place);
  };
  return (
    <div className="result-area">
      {limit && <p className="limit-note">{limit} Narrow the pattern to see the others.</p>}
      <ResultTable
        label="Matches"
        layout="columns-search"
        columns={columns}
        rowCount={rows}
        renderCells={(at) => renderRow(log.at(at))}
        isHeading={(at) => log.at(at)?.kind === 'file'}
        onOpen={(at) => open(log.at(at))}
        selected={selected}
        onSelect={setSelected}
        textOf={(at) => textOf(log.at(at))}
        pathOf={(at) => pathOf(log.at(at))}
        platform={platform}
      />
      {detail && detail.kind !== 'gap' && (
        <RowDetail
          path={pathOf(detail) ?? ''}
          shownPath={visibleName(pathOf(detail) ?? '')}
          textName="text"
          text={textOf(detail) ?? ''}
          platform={platform}
          onOpen={() => open(detail)}
          onClose={() => setSelected(null)}
        />
      )}
    </div>
  );
}

function renderRow(row: HitRow | undefined): readonly ReactNode[] {
  switch (row?.kind) {
    case 'file':
      return [
        <span key="file" className="file-heading">
          <FileIcon />
          <PathText path={row.path} />
          <span className="badge plain" title={formatCounted(row.lines, 'line')}>
            {formatCount(row.lines)}
          </span>
        </span>,
      ];
    case 'match':
      return [formatCount(row.match.line), <Line key="text" row={row} />];
    case 'context':
      return [
        formatCount(row.line.line),
        <code key="text" className="line-text muted">
          {row.line.text}
        </code>,
      ];
    case 'gap':
      return ['⋯', ''];
    case undefined:
      return [];
  }
}

function Line({ row }: { readonly row: HitRow & { readonly kind: 'match' } }): ReactElement {
  return (
    <code className="line-text">
      {partsOf(row.match).map(({ text, isMatch }, at) =>
        // oxlint-disable-next-line react/no-array-index-key -- the parts of one line never change
        isMatch ? <mark key={at}>{text}</mark> : <span key={at}>{text}</span>,
      )}
    </code>
  );
}

function textOf(row: HitRow | undefined): string | undefined {
  if (row?.kind === 'match') return row.match.text;
  if (row?.kind === 'context') return row.line.text;
  return row?.kind === 'file' ? row.path : undefined;
}

function pathOf(row: HitRow | undefined): string | undefined {
  if (row?.kind === 'match') return placeOf(row.match);
  if (row?.kind === 'context') return `${row.line.path}:${row.line.line}`;
  return row?.kind === 'file' ? row.path : undefined;
}

function placeIn(row: HitRow): FilePlace | undefined {
  if (row.kind === 'match') return row.match;
  if (row.kind === 'context') return { path: row.line.path, line: row.line.line, column: 1 };
  return row.kind === 'file' ? { path: row.path, line: 1, column: 1 } : undefined;
}
