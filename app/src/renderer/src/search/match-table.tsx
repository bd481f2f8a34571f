import type { SearchInput } from '@ipc-link/shared/contracts/files';
import { type ReactElement, useState } from 'react';
import { formatCount } from '../format/count.ts';
import { visibleName } from '../format/path.ts';
import { PathText } from '../shell/path-text.tsx';
import { type ResultColumn, ResultTable } from '../table/result-table.tsx';
import { RowDetail } from '../table/row-detail.tsx';
import { describeLimit } from '../table/row-limit.ts';
import { highlightMatch, shortenBefore } from './highlight.ts';
import type { SearchTally } from './match-log.ts';
import { placeOf } from './search-text.ts';

export interface MatchTableProps {
  readonly tally: SearchTally;
  readonly search: SearchInput;
  readonly platform: string;
}

const columns: readonly ResultColumn[] = [
  { key: 'path', title: 'File' },
  { key: 'line', title: 'Line', align: 'end' },
  { key: 'text', title: 'Text' },
];

/** The matches found so far, in the order found. */
export function MatchTable({ tally, search, platform }: MatchTableProps): ReactElement {
  const { log, kept, total } = tally;
  const [selected, setSelected] = useState<number | null>(null);
  const detail = selected === null ? undefined : log.at(selected);
  const limit = describeLimit(kept, total, 'matches');
  return (
    <div className="result-area">
      {limit && <p className="limit-note">{limit} Narrow the pattern to see the others.</p>}
      <ResultTable
        label="Matches"
        layout="columns-search"
        columns={columns}
        rowCount={kept}
        totalRows={total}
        renderCells={(row) => {
          const match = log.at(row);
          if (!match) return [];
          const { before, match: found, after } = highlightMatch(match, search);
          return [
            <PathText key="path" path={match.path} />,
            formatCount(match.line),
            <code key="text" className="line-text">
              {found ? shortenBefore(before) : before.trimStart()}
              {found && <mark>{found}</mark>}
              {after}
            </code>,
          ];
        }}
        selected={selected}
        onSelect={setSelected}
        textOf={(row) => log.at(row)?.text}
        pathOf={(row) => {
          const match = log.at(row);
          return match && placeOf(match);
        }}
        platform={platform}
      />
      {detail && (
        <RowDetail
          path={placeOf(detail)}
          shownPath={visibleName(placeOf(detail))}
          textName="text"
          text={detail.text}
          platform={platform}
          onClose={() => setSelected(null)}
        />
      )}
    </div>
  );
}
