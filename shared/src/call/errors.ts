import { LinkError } from '../link-error.ts';

export function invalidArgumentError(where: string, problem: string, cause?: unknown): LinkError {
  return new LinkError('ERR_LINK_INVALID_ARGUMENT', `${where}: ${problem}.`, { cause });
}
