import { Server } from 'ipc-link';
import { type Caller, type Forwarder, linkCaller, LOG_TASK } from 'ipc-link/contract';
import { LOAD_TASK } from '#port';
import type { Endpoint } from './endpoint.ts';
import type { LogIntake } from './log-intake.ts';
import type { LinkOptions } from './types.ts';

export interface PrivateLinkEvents {
  /** The sidecar is there and has proved that it holds the secret. */
  hello(caller: Caller & Forwarder): void;
  disconnect(error: Error | undefined): void;
  unresponsive(): void;
  responsive(): void;
  /** How many calls pages make at the sidecar without this process, as it came. */
  load(data: unknown): void;
  /** Nothing that concerns a call: a stranger at the socket, a frame that broke off. */
  linkError(error: Error): void;
}

/** The host's end of the link to one process: it listens on the endpoint, for whoever holds the secret and has that name. */
export function openPrivateLink(
  { socketRoot, host }: Endpoint,
  {
    secret,
    name,
    options,
    logs,
    events,
  }: {
    readonly secret: Uint8Array;
    readonly name: string;
    readonly options: LinkOptions;
    readonly logs: LogIntake;
    readonly events: PrivateLinkEvents;
  },
): Server {
  const server = new Server(host, {
    ...options,
    socketRoot,
    appspace: '',
    secret,
    autoStart: false,
    // The supervisor decides what becomes of a process that doesn't answer.
    heartbeatTimeout: Infinity,
  });
  server.on('connect', (peer) => {
    if (peer === name) events.hello(linkCaller(server, name));
  });
  server.on('disconnect', (peer, error) => {
    if (peer === name) events.disconnect(error);
  });
  server.on('unresponsive', () => events.unresponsive());
  server.on('responsive', () => events.responsive());
  server.on('error', (error) => events.linkError(error));
  server.handle(LOAD_TASK, (message) => {
    events.load(message.data);
    message.reply();
  });
  server.handle(LOG_TASK, (message) => logs.take(message));
  return server.start();
}
