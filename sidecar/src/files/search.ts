import type { SearchEnd, SearchInput, SearchItem } from '#contracts/files';
import { refusedSearchError } from './errors.ts';
import { prepareSearch } from './search/prepare-search.ts';
import { type EngineSummary, readItem } from './search/read-item.ts';
import { LineReader, type RawLine } from './search/read-lines.ts';
import { runAll } from './search/run-all.ts';

/** Longest line of ripgrep's output that is parsed. It contains a line of a file and the places of its matches. */
const MAX_LINE_BYTES = 8 * 1024 * 1024;

/** The part of the handler's context that the tasks use. */
export interface SearchContext {
  readonly signal: AbortSignal;
}

/**
 * Gives the lines below `root` that match. A file's lines follow each other in order; files come in the order in which they
 * are finished. ripgrep does the search in a process of its own, which waits while the reader is slow and is ended when the
 * reader stops.
 *
 * A file that can't be read becomes an item of the type `failure`, and the search goes on. The last item has the totals.
 *
 * @throws FilesError `ERR_INVALID_PATTERN`: the pattern, a glob or a type is refused.
 * @throws FilesError `ENOENT`, `ENOTDIR`, `EACCES`, another system code or `ERR_ROOT_NOT_ABSOLUTE`: the root can't be read.
 * @throws FilesError `ERR_SEARCH_ENGINE`: ripgrep is missing or can't be started.
 * @throws The signal's reason, at once.
 */
export async function* search(input: SearchInput, { signal }: SearchContext): AsyncGenerator<SearchItem, void, void> {
  const { runs, leftOut } = await prepareSearch(input, { signal, more: ['--json'] });
  yield* leftOut;
  const tally = new Tally();
  const lines = new LineReader(MAX_LINE_BYTES);
  const others: string[] = [];
  let isWhole = false;
  for await (const event of runAll(runs, { isJson: true })) {
    if (event.type === 'failure') yield tally.count(event.failure);
    else if (event.type === 'complaint') others.push(event.complaint.toString('utf8'));
    else if (event.type === 'output') {
      for (const item of readItems(lines.push(event.bytes))) {
        signal.throwIfAborted();
        if (item.type !== 'summary') yield tally.count(item);
        else isWhole = tally.add(item);
      }
    } else {
      // ripgrep ends its output with a summary, unless it has refused the search.
      if (!isWhole) throw refusedSearchError(input.pattern, others.join('\n'));
      for (const reason of others.splice(0)) yield tally.count({ type: 'failure', path: '', code: 'ESEARCH', reason });
      tally.binaryFiles += event.binaryFiles;
      isWhole = false;
    }
  }
  yield tally.item();
}

function* readItems(lines: Iterable<RawLine>): Generator<Exclude<SearchItem, SearchEnd> | EngineSummary, void, void> {
  for (const line of lines) {
    const item = readItem(line);
    if (item !== undefined) yield item;
  }
}

/** Adds up the figures of all runs. */
class Tally {
  #sums = { files: 0, filesWithMatches: 0, lines: 0, matches: 0, bytes: 0 };
  #failures = 0;
  binaryFiles = 0;

  count<Item extends SearchItem>(item: Item): Item {
    if (item.type === 'failure') this.#failures += 1;
    return item;
  }

  add({ files, filesWithMatches, lines, matches, bytes }: EngineSummary): true {
    this.#sums = {
      files: this.#sums.files + files,
      filesWithMatches: this.#sums.filesWithMatches + filesWithMatches,
      lines: this.#sums.lines + lines,
      matches: this.#sums.matches + matches,
      bytes: this.#sums.bytes + bytes,
    };
    return true;
  }

  item(): SearchEnd {
    return { type: 'end', ...this.#sums, binaryFiles: this.binaryFiles, failures: this.#failures };
  }
}
