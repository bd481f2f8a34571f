import { LinkError, Server } from 'ipc-link';
import { type Caller, type Forwarder, linkCaller, LOG_TASK } from 'ipc-link/contract';
import { LOAD_TASK } from '#port';
import type { Endpoint } from './endpoint.ts';
import type { Load } from './load.ts';
import type { LogIntake } from './log-intake.ts';
import type { SidecarProcessEvents, SidecarProcessPlan } from './sidecar-process.ts';

export interface PrivateLinkOptions {
  readonly secret: Uint8Array;
  readonly plan: SidecarProcessPlan;
  readonly load: Load;
  readonly logs: LogIntake;
  readonly happened: SidecarProcessEvents['happened'];
  /** The sidecar has connected and proved that it holds the secret. */
  readonly onConnect: (caller: Caller & Forwarder) => void;
  /** An error that concerns no call, such as that of a stranger at the socket. */
  readonly onError: (error: Error) => void;
}

/** The host's end of the link to one process: it listens on the endpoint, for whoever holds the secret and has that name. */
export function openPrivateLink({ socketRoot, host, transport }: Endpoint, link: PrivateLinkOptions): Server {
  const { secret, load, logs, happened, onConnect, onError } = link;
  const { sidecar, instance: name } = link.plan;
  const server = new Server(host, {
    ...sidecar.link,
    socketRoot,
    appspace: '',
    transport,
    secret,
    autoStart: false,
    // The state machine decides what becomes of a process that doesn't answer.
    heartbeatTimeout: Infinity,
  });
  server.on('connect', (peer) => {
    if (peer === name) onConnect(linkCaller(server, name));
  });
  server.on('disconnect', (peer, error) => {
    if (peer === name) happened({ type: 'disconnect', cause: isTelling(error) ? error : undefined });
  });
  server.on('unresponsive', () => happened({ type: 'unresponsive' }));
  server.on('responsive', () => happened({ type: 'responsive' }));
  server.on('error', onError);
  server.handle(LOAD_TASK, (message) => {
    load.reportDirect(message.data);
    message.reply();
  });
  server.handle(LOG_TASK, (message) => logs.take(message));
  return server.start();
}

/** That the connection breaks says nothing when a process ends. That the process broke the protocol, for instance, does. */
function isTelling(error: Error | undefined): boolean {
  return error instanceof LinkError && error.code !== 'ERR_LINK_PEER_LOST';
}
