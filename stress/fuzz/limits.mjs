const MIB = 1_048_576;

/** Options of the Servers under attack. The limits are small, so that attacks reach them and memory shows a missing one. */
export const tight = Object.freeze({
  appspace: '',
  maxFrameBytes: 256 * 1_024,
  maxWriteBytes: MIB,
  maxInFlight: 1_000,
  handshakeTimeout: 1_000,
  frameTimeout: 1_000,
  heartbeat: 500,
  heartbeatTimeout: 10_000,
  retry: 20,
  maxRetries: 1,
  connectTimeout: 3_000,
});

/**
 * The default options of a Server, with shorter timeouts. A frame may take its time: on a busy machine an attacker needs more than a
 * second to send one of 20 MB, and a Server that had given up would close before it had been told why.
 */
export const wide = Object.freeze({ appspace: '', handshakeTimeout: 1_000, frameTimeout: 10_000 });

export const SECRET = 'the secret of the target that is locked';

/** Memory in bytes above which a target has a leak or lacks a limit. */
export const MAX_RSS = { open: 400 * MIB, locked: 400 * MIB, wide: 2_500 * MIB };

/** CPU time in milliseconds that a target may use without returning to its event loop. */
export const MAX_TURN_MS = { open: 3_000, locked: 3_000, wide: 20_000 };

/** Upper bound for the life of a connection after its attacker has left, and for a good client's wait for its reply. */
export const PATIENCE_MS = 20_000;
