import { excerpt } from './excerpt.ts';
import { findMatches } from './find-matches.ts';
import type { Pattern } from './pattern.ts';

/** A line that grows longer, in UTF-16 code units, is searched in pieces of this length. */
const MAX_PIECE = 1024 * 1024;
/**
 * What a piece knows of the line on either side of the matches it may report. A match or lookaround longer than that is
 * judged by the piece alone; `^` and `$` hold only at the line's own ends for every match up to this length.
 */
const OVERLAP = 64 * 1024;

export interface LineMatch {
  readonly line: number;
  readonly column: number;
  readonly text: string;
}

/** A part of a line: the whole of it, but for very long ones. */
interface Piece {
  readonly text: string;
  /** Code units of the line in front of the piece. */
  readonly offset: number;
  /** Matches that begin before this place have been reported. */
  readonly from: number;
}

const LINE_START: Piece = { text: '', offset: 0, from: 0 };

/**
 * The matches in a text that comes in chunks, line by line. `undefined` comes after every chunk, so that whoever reads
 * may pause where nothing matches.
 */
export function* searchText(chunks: Iterable<string>, pattern: Pattern): Generator<LineMatch | undefined, void, void> {
  let line = 1;
  let piece = LINE_START;
  for (const chunk of chunks) {
    const block = piece.text + chunk;
    const promising = !pattern.literal || hasMatch(pattern.regexp, block, 0);
    let start = 0;
    for (let end = block.indexOf('\n', piece.text.length); end !== -1; end = block.indexOf('\n', start)) {
      const text = promising ? block.slice(start, block[end - 1] === '\r' ? end - 1 : end) : '';
      if (promising && hasMatch(pattern.regexp, text, piece.from))
        yield* searchPiece(pattern, line, { ...piece, text });
      line += 1;
      piece = LINE_START;
      start = end + 1;
    }
    piece = { ...piece, text: block.slice(start) };
    while (piece.text.length > MAX_PIECE) piece = yield* searchBeginning(pattern, line, piece);
    yield undefined;
  }
  if (piece.text !== '') yield* searchPiece(pattern, line, piece);
}

/** Reports what begins in a long piece but not near its end, and returns what has to be searched with the text to come. */
function* searchBeginning(pattern: Pattern, line: number, piece: Piece): Generator<LineMatch, Piece, void> {
  const until = piece.text.length - OVERLAP;
  const searched = yield* searchPiece(pattern, line, piece, until);
  const keepFrom = until - OVERLAP;
  return {
    text: piece.text.slice(keepFrom),
    offset: piece.offset + keepFrom,
    from: Math.max(searched, until) - keepFrom,
  };
}

/** Reports the matches of a piece; returns where the last one ends. */
function* searchPiece(
  pattern: Pattern,
  line: number,
  piece: Piece,
  until = Infinity,
): Generator<LineMatch, number, void> {
  let end = 0;
  for (const match of findMatches(pattern.regexp, { text: piece.text, from: piece.from, until })) {
    yield { line, column: piece.offset + match.index + 1, text: excerpt(piece.text, match) };
    end = match.index + match.length;
  }
  return end;
}

function hasMatch(regexp: RegExp, text: string, from: number): boolean {
  regexp.lastIndex = from;
  return regexp.test(text);
}
