import { LinkError } from '../../link-error.ts';
import { reasonOf } from '../errors.ts';

export function invalidTlsOptionError(option: string, problem: string): LinkError {
  return new LinkError('ERR_LINK_INVALID_ARGUMENT', `tlsTransport({ ${option} }): ${problem}.`);
}

/** Certificates and keys that don't go together are found when they are loaded. */
export function unusableCertificateError(cause: unknown): LinkError {
  return new LinkError(
    'ERR_LINK_INVALID_ARGUMENT',
    `tlsTransport({ ca, cert, key }): they can't be used: ${reasonOf(cause)}. Check that the key belongs to the certificate.`,
    { cause },
  );
}

export function tlsNameTakenError(name: string, where: string): LinkError {
  return new LinkError(
    'ERR_LINK_NAME_TAKEN',
    `This process already listens as '${name}' (${where}). Choose another name.`,
  );
}

export function tlsListenError(name: string, where: string, cause: unknown): LinkError {
  return new LinkError('ERR_LINK_LISTEN', `start(): '${name}' can't listen at ${where}: ${reasonOf(cause)}.`, {
    cause,
  });
}

export function tlsConnectError(name: string, where: string, cause: unknown): LinkError {
  return new LinkError('ERR_LINK_CONNECT', `connectTo('${name}'): no connection to ${where}: ${reasonOf(cause)}.`, {
    cause,
  });
}

/** Why the other side, or this one, wants no connection. It becomes the cause of one of the errors above. */
export function refusal(reason: string): Error {
  return new Error(reason);
}
