import { LinkError, ReplyError } from 'ipc-link';
import { ExitCode } from './exit-codes.ts';

/** An error that ends the program with a sentence and an exit code. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  /** Of the error of the link or the handler, where there is one. */
  readonly code: string | undefined;

  constructor(exitCode: ExitCode, message: string, options: { readonly code?: string; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.exitCode = exitCode;
    this.code = options.code;
  }
}

export function usageError(message: string): CliError {
  return new CliError(ExitCode.usage, message);
}

export function absentServerError(name: string, path: string, cause: unknown): CliError {
  return new CliError(
    ExitCode.absent,
    `No Server '${name}' listens at ${path}, and no host that can be inspected has that name. 'ipc-link list' shows who is there.`,
    { cause },
  );
}

export function absentHostError(name: string): CliError {
  return new CliError(
    ExitCode.absent,
    `No host '${name}' can be inspected. Does it run, and does it call allowInspection(host)?`,
  );
}

export function noHostError(): CliError {
  return new CliError(
    ExitCode.absent,
    'No host can be inspected. A host allows it by allowInspection(host) of ipc-link/inspection.',
  );
}

export function severalHostsError(names: readonly string[]): CliError {
  return usageError(`Several hosts can be inspected; name one of them, or its process number: ${names.join(', ')}.`);
}

/** @param cause What ended the connection: that it is lost means that the host has stopped or was killed. */
export function goneHostError(name: string, cause: unknown): CliError {
  const code = codeOf(cause);
  const isGone = code === 'ERR_LINK_PEER_LOST' || code === 'ERR_LINK_CLOSED';
  return isGone ? new CliError(ExitCode.absent, `The host '${name}' has gone.`, { code, cause }) : toCliError(cause);
}

export function untrustedError(problems: readonly string[]): CliError {
  return new CliError(ExitCode.refused, problems.join('\n'));
}

/** What a command rejected with, as an error with an exit code. */
export function toCliError(error: unknown): CliError {
  if (error instanceof CliError) return error;
  if (!(error instanceof Error)) return new CliError(ExitCode.failed, String(error));
  const code = codeOf(error);
  const options = code === undefined ? { cause: error } : { code, cause: error };
  return new CliError(error instanceof LinkError ? exitCodeOf(error) : ExitCode.failed, error.message, options);
}

function exitCodeOf(error: LinkError): ExitCode {
  if (error instanceof ReplyError) return ExitCode.failed;
  switch (error.code) {
    case 'ERR_LINK_TIMEOUT':
    case 'ERR_LINK_HANDSHAKE':
      return ExitCode.timeout;
    case 'ERR_LINK_CONNECT':
      return codeOf(error.cause) === 'ERR_LINK_HANDSHAKE' ? ExitCode.timeout : ExitCode.absent;
    case 'ERR_LINK_PEER_LOST':
      return ExitCode.absent;
    case 'ERR_LINK_AUTH':
    case 'ERR_INSPECTION_FOLDER':
      return ExitCode.refused;
    case 'ERR_LINK_INVALID_ARGUMENT':
    case 'ERR_LINK_PATH_TOO_LONG':
    case 'ERR_SIDECAR_ENTRY':
    case 'ERR_SIDECAR_CONFIG':
      return ExitCode.usage;
    default:
      return ExitCode.failed;
  }
}

function codeOf(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined;
}
