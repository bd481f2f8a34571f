import { LinkError } from 'ipc-link';
import { reasonOf } from '../host/errors.ts';

/** The optional package is not there. */
export function missingClientError(cause: unknown): LinkError {
  return new LinkError(
    'ERR_SIDECAR_CONFIG',
    `ipc-link/nats: the package @nats-io/transport-node could not be loaded: ${reasonOf(cause)}. Add it to the app: npm install @nats-io/transport-node@3.4.0`,
    { cause },
  );
}

export function unreachableServersError(servers: readonly string[], cause: unknown): LinkError {
  return new LinkError(
    'ERR_SIDECAR_LAUNCH',
    `No connection to NATS at ${servers.join(', ')}: ${reasonOf(cause)}. Do the servers run, and do they let this client in?`,
    { cause },
  );
}

/** The host gave up the launch, while no agent had room or none answered. */
export function noPlaceError(group: string, entry: string): LinkError {
  const cause = new Error('no agent took it');
  return new LinkError(
    'ERR_SIDECAR_LAUNCH',
    `'${entry}' could not be started: no agent of the group '${group}' had a free slot for it in time. Does one run that has this entry, with the same secret?`,
    { cause },
  );
}

/** An agent had taken it, and could not start it. */
export function agentFailedError(agent: string, reason: string): LinkError {
  return new LinkError('ERR_SIDECAR_LAUNCH', `The agent '${agent}' could not start it: ${reason}`, {
    cause: new Error(reason),
  });
}

/** Why no more is known of a process than that it is gone. */
export function lostAgentError(agent: string): LinkError {
  return new LinkError(
    'ERR_SIDECAR_LOST',
    `The agent '${agent}' was not heard any more: it, its machine or the network in between is lost.`,
  );
}

/** Something that came over NATS or from an agent is not what it should be. */
export function malformedError(what: string): LinkError {
  return new LinkError('ERR_LINK_PROTOCOL', `${what} is malformed. Do the app and the agent have the same version?`);
}
