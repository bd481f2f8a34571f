/** A nats-server that listens on 127.0.0.1 for one run. */
export interface NatsServer {
  /** Where clients reach it. */
  readonly url: string;
  /** Starts it again on the same ports after an end. @returns Resolves when it takes clients. */
  start(): Promise<void>;
  /** Ends it. @returns Resolves when it is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

export interface NatsServerOptions {
  /** A folder of its own, for its files. */
  readonly folder: string;
  /** More lines of configuration. */
  readonly lines?: readonly string[];
  /** Ports of the cluster that it belongs to, its own first. */
  readonly clusterPorts?: readonly number[];
  /** Where clients reach it. @default one that is free */
  readonly port?: number;
}

/** Installs Debian's nats-server where there is none. @throws Error that says in a line what is missing. */
export function installNatsServer(): void;

/** @returns Resolves when it takes clients. */
export function startNatsServer(options: NatsServerOptions): Promise<NatsServer>;

/** Ports of 127.0.0.1 that nobody listens on. */
export function freePorts(count: number): Promise<number[]>;

/** Three that know each other. */
export function startCluster(folder: string): Promise<NatsServer[]>;
