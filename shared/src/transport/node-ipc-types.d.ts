/** node-ipc ships no types; this is the part of it that node-ipc.ts uses. */
declare module 'node-ipc' {
  import type { NetConnectOpts, Server as NetServer, Socket } from 'node:net';

  interface Config {
    socketRoot: string;
    appspace: string;
    id: string;
    parser: 'raw';
    silent: boolean;
    maxConnections: number;
    maxRetries: number;
    stopRetrying: boolean;
    unlink: boolean;
    secureSocketRoot: boolean;
  }

  export interface Client {
    readonly socket: Socket;
    connectionOptions(): NetConnectOpts;
    on(event: 'connect' | 'disconnect' | 'destroy', listener: () => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
  }

  interface Server {
    readonly server: NetServer;
    on(event: 'start', listener: () => void): this;
    on(event: 'connect', listener: (socket: Socket) => void): this;
    on(event: 'error', listener: (error: Error) => void): this;
    start(): void;
  }

  export class IPCModule {
    config: Config;
    of: Record<string, Client>;
    server: Server;
    serve(path: string, onStart?: () => void): void;
    connectTo(id: string, path: string, onStarted?: () => void): void;
    disconnect(id: string): void;
  }
}
