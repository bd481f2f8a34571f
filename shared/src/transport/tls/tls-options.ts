import { isIP } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import { invalidTlsOptionError } from './errors.ts';

/** Who this side is and whom it trusts, as PEM. Each side has to show a certificate, and to trust the one of the other. */
export interface TlsIdentity {
  /** Certificates of the authorities that may have signed the other side's. The system's own are not asked. */
  readonly ca: string | Uint8Array;
  /** This side's certificate, with those between it and the authority behind it. */
  readonly cert: string | Uint8Array;
  /** The private key of the certificate. */
  readonly key: string | Uint8Array;
}

/** Where Servers are reached over TLS, and by whom. All durations are milliseconds. */
export interface TlsTransportOptions extends TlsIdentity {
  /** The address to listen on or to connect to. Without a name for it in its certificate, give `servername` to whoever connects. */
  readonly host: string;
  /** One port for all names; 0 lets the system choose one for whoever listens. */
  readonly port: number;
  /** The name that the listening side's certificate has to be for. @default `host` */
  readonly servername?: string | undefined;
  /** Connections at once, those that prove themselves included; one more is closed at once. @default 1_024 */
  readonly maxConnections?: number | undefined;
  /** Time for TLS, certificates and the name that a connection is for, all together. @default 5_000 */
  readonly handshakeTimeout?: number | undefined;
}

/** {@link TlsTransportOptions} after checks. */
export interface ResolvedTlsOptions {
  readonly host: string;
  readonly port: number;
  readonly servername: string;
  readonly maxConnections: number;
  readonly handshakeTimeout: number;
  readonly identity: SecureContextOptions;
}

/** @throws LinkError `ERR_LINK_INVALID_ARGUMENT` naming the option. */
export function resolveTlsOptions(options: TlsTransportOptions): ResolvedTlsOptions {
  if (typeof options !== 'object' || options === null) throw invalidTlsOptionError('options', 'must be an object');
  const { host, port, servername = host, maxConnections = 1_024, handshakeTimeout = 5_000, ca, cert, key } = options;
  for (const [name, value] of Object.entries({ host, servername })) {
    if (typeof value !== 'string' || value === '') throw invalidTlsOptionError(name, 'must be text that is not empty');
  }
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw invalidTlsOptionError('port', 'must be a whole number from 0 to 65535');
  }
  for (const [name, value] of Object.entries({ maxConnections, handshakeTimeout })) {
    if (typeof value !== 'number' || !(value >= 1)) throw invalidTlsOptionError(name, 'must be a number from 1 on');
  }
  for (const [name, value] of Object.entries({ ca, cert, key })) {
    if (!isPem(value)) throw invalidTlsOptionError(name, 'must be PEM, as text or bytes');
  }
  const identity: SecureContextOptions = { ca: toPem(ca), cert: toPem(cert), key: toPem(key), minVersion: 'TLSv1.3' };
  return { host, port, servername, maxConnections, handshakeTimeout, identity };
}

/** Of an address no name can be told to the listening side beforehand (RFC 6066, section 3). */
export function nameToTell(servername: string): string {
  return isIP(servername) === 0 ? servername : '';
}

function isPem(value: unknown): boolean {
  return (typeof value === 'string' || value instanceof Uint8Array) && toPem(value).includes('-----BEGIN ');
}

function toPem(value: string | Uint8Array): string {
  return typeof value === 'string' ? value : Buffer.from(value).toString();
}
