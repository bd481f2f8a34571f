/** What an instance is doing, as the app sees it. */
export type InstanceState =
  'stopped' | 'starting' | 'spare' | 'ready' | 'unresponsive' | 'draining' | 'crashed' | 'backoff' | 'failed';

/** The same in smaller steps, each with one thing to wait for. */
export type Step =
  | 'stopped'
  | 'starting'
  | 'ready'
  | 'unresponsive'
  | 'drain'
  | 'goodbye'
  | 'terminate'
  | 'kill'
  | 'closing'
  | 'dying'
  | 'killing'
  | 'clearing'
  | 'clearingFailed'
  | 'backoff'
  | 'failed';

/** What can happen to an instance. */
export type Event =
  | { readonly type: 'start' }
  /** @param drainMs How long calls in flight may go on. `Infinity` waits for all of them. */
  | { readonly type: 'stop'; readonly drainMs: number }
  /** The sidecar connected and proved that it holds the secret. */
  | { readonly type: 'hello' }
  /** The connection ended; the process may be alive. The cause is absent where it says no more than that. */
  | { readonly type: 'disconnect'; readonly cause?: Error | undefined }
  | { readonly type: 'unresponsive' }
  | { readonly type: 'responsive' }
  /** Nothing is in flight any more. */
  | { readonly type: 'drained' }
  /** The cause is there where its end could not be seen. */
  | { readonly type: 'exit'; readonly cause?: Error | undefined }
  /** No process came to be; trying again may help. */
  | { readonly type: 'launchFailed'; readonly cause?: Error }
  /** No process came to be, and none will. */
  | { readonly type: 'launchImpossible'; readonly cause?: Error }
  /** Nothing of the process is left in the host. */
  | { readonly type: 'cleared' }
  /** The step took as long as it may. */
  | { readonly type: 'timer' }
  /** It has no place in its pool from now on. */
  | { readonly type: 'reserve' }
  /** It has a place from now on, and goes on with the history that counts there. */
  | { readonly type: 'promote'; readonly history: History };

/** What an instance has been through. */
export interface History {
  /** When it crashed, within the window. */
  readonly crashes: readonly number[];
  /** Starts after a crash. */
  readonly restarts: number;
}

export type EventType = Event['type'];

export const stateOf: Readonly<Record<Step, InstanceState>> = {
  stopped: 'stopped',
  starting: 'starting',
  ready: 'ready',
  unresponsive: 'unresponsive',
  // Calls in flight go on.
  drain: 'draining',
  // The sidecar was told, and ends by itself.
  goodbye: 'draining',
  terminate: 'draining',
  kill: 'draining',
  closing: 'draining',
  // The connection is lost: the exit should follow.
  dying: 'crashed',
  killing: 'crashed',
  clearing: 'crashed',
  // As clearing, of something that can't be started.
  clearingFailed: 'crashed',
  backoff: 'backoff',
  failed: 'failed',
};

/**
 * From each step, where an event leads; an event that isn't there changes nothing. `restartOrFail` leads to `backoff` or, when the
 * crash budget is spent, to `failed`.
 */
export const transitions = {
  stopped: { start: 'starting' },
  starting: {
    hello: 'ready',
    exit: 'clearing',
    launchFailed: 'clearing',
    launchImpossible: 'clearingFailed',
    timer: 'killing',
    stop: 'terminate',
  },
  ready: { unresponsive: 'unresponsive', disconnect: 'dying', exit: 'clearing', stop: 'drain' },
  unresponsive: { responsive: 'ready', disconnect: 'dying', exit: 'clearing', timer: 'killing', stop: 'drain' },

  // A second stop sets the time anew: a user who waits for a drain may lose patience.
  drain: { drained: 'goodbye', timer: 'goodbye', disconnect: 'terminate', exit: 'closing', stop: 'drain' },
  goodbye: { exit: 'closing', timer: 'terminate' },
  terminate: { exit: 'closing', launchFailed: 'closing', launchImpossible: 'closing', timer: 'kill' },
  // Not even SIGKILL ends a process that hangs in the kernel: it is left alone.
  kill: { exit: 'closing', launchFailed: 'closing', launchImpossible: 'closing', timer: 'closing' },
  closing: { cleared: 'stopped' },

  dying: { exit: 'clearing', timer: 'killing', stop: 'kill' },
  killing: {
    exit: 'clearing',
    launchFailed: 'clearing',
    launchImpossible: 'clearingFailed',
    timer: 'clearing',
    stop: 'kill',
  },
  clearing: { cleared: 'restartOrFail', stop: 'closing' },
  clearingFailed: { cleared: 'failed', stop: 'closing' },
  backoff: { timer: 'starting', stop: 'stopped' },
  failed: { start: 'starting', stop: 'stopped' },
} as const satisfies Readonly<Record<Step, Readonly<Partial<Record<EventType, Step | 'restartOrFail'>>>>>;
