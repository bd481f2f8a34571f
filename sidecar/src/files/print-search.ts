import type { PrintInput, PrintItem } from '#contracts/files';
import { refusedSearchError } from './errors.ts';
import type { SearchContext } from './search.ts';
import { printArguments } from './search/arguments.ts';
import { prepareSearch } from './search/prepare-search.ts';
import { runAll } from './search/run-all.ts';

const NOTHING_FOUND = 1;

/**
 * Searches and gives text, byte for byte what ripgrep prints, with names and lines in their own encoding. An item is a piece of
 * the output with many hits, so that ten million hits are only some thousand items.
 *
 * @throws As `search`.
 */
export async function* printSearch(
  input: PrintInput,
  { signal }: SearchContext,
): AsyncGenerator<PrintItem, void, void> {
  const { print = {}, ...what } = input;
  const { runs, leftOut } = await prepareSearch(what, { signal, more: printArguments(print) });
  yield* leftOut.map(({ path, reason }) => complain(Buffer.from(`${path}: ${reason}`)));
  const end = { found: false, failed: false, binaryFiles: 0 };
  const others: Buffer[] = [];
  for await (const event of runAll(runs, { isJson: print.json === true })) {
    if (event.type === 'output') {
      end.found ||= event.bytes.length > 0;
      yield { type: 'output', bytes: event.bytes };
    } else if (event.type === 'failure') {
      end.failed = true;
      yield complain(event.complaint);
    } else if (event.type === 'complaint') others.push(event.complaint);
    else {
      const isRefused = event.code > NOTHING_FOUND && others.length > 0;
      if (isRefused && !end.found && !end.failed) throw refusedSearchError(input.pattern, others.join('\n'));
      end.failed ||= isRefused;
      end.binaryFiles += event.binaryFiles;
      yield* others.splice(0).map(complain);
    }
  }
  yield { type: 'end', ...end };
}

function complain(line: Buffer): PrintItem {
  return { type: 'complaint', bytes: Buffer.concat([line, Buffer.from('\n')]) };
}
