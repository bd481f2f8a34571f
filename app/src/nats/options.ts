import type { TlsIdentity } from 'ipc-link/tls';

/** Where the NATS servers are, who this side is there, and which group of machines is meant. */
export interface GroupOptions {
  /** Such as 'nats://10.0.0.2:4222', or 'tls://' in front where TLS is to be insisted on. Of a cluster one is enough to find the others. */
  readonly servers: string | readonly string[];
  /** How NATS knows this side. @default none */
  readonly authentication?: NatsAuthentication;
  /** For servers that want TLS: PEM of the authorities that sign them, and of this side where they ask for it. @default the system's authorities */
  readonly serverTls?: Partial<TlsIdentity>;
  /** Name of the machines that work together: letters, digits, '-' and '_'. */
  readonly group: string;
  /** Known to the apps and the agents of the group and to nobody else, NATS included. At least 32 bytes. */
  readonly secret: string | Uint8Array;
  /** PEM with which apps and agents, and the sidecars that agents start, prove themselves to each other. */
  readonly tls: TlsIdentity;
}

/** One of the ways in which NATS lets a client in. */
export type NatsAuthentication =
  /** Text of a credentials file, as `nsc` writes it. */
  | { readonly credentials: string }
  /** The seed of an nkey, 'SU...'. */
  | { readonly nkey: string }
  | { readonly user: string; readonly password: string }
  | { readonly token: string };
