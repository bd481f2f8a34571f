export { tlsTransport, type TlsTransport } from './tls-transport.ts';
export type { TlsIdentity, TlsTransportOptions } from './tls-options.ts';
