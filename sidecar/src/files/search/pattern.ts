import type { SearchInput } from '@ipc-link/shared/contracts/files';
import { invalidPatternError } from '../errors.ts';

export interface Pattern {
  /** Has the flags `g` and `u`, and `i` where case is ignored. */
  readonly regexp: RegExp;
  /** Whether the pattern is literal text: then a text without a match has no line with one either. */
  readonly literal: boolean;
}

/**
 * The input's pattern, ready to search with.
 *
 * @throws FilesError `ERR_INVALID_PATTERN`
 */
export function compilePattern(input: Pick<SearchInput, 'pattern' | 'regex' | 'ignoreCase'>): Pattern {
  const { pattern, regex = false, ignoreCase = false } = input;
  try {
    const regexp = new RegExp(regex ? pattern : escapePattern(pattern), ignoreCase ? 'giu' : 'gu');
    return { regexp, literal: !regex };
  } catch (error) {
    if (error instanceof SyntaxError) throw invalidPatternError(pattern, error);
    throw error;
  }
}

/** Takes the meaning from every character that has one in a regular expression. */
function escapePattern(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}
