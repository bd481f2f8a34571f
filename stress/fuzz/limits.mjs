const MIB = 1_048_576;

/** Options of the Servers under attack: small, so that a limit is reached quickly and memory shows what isn't limited. */
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

/** What a Server has by default, but with little patience. */
export const wide = Object.freeze({ appspace: '', handshakeTimeout: 1_000, frameTimeout: 1_000 });

export const SECRET = 'the secret of the target that is locked';

/** A target whose memory passes this has a leak or a limit too few. */
export const MAX_RSS = { open: 400 * MIB, locked: 400 * MIB, wide: 2_500 * MIB };

/** CPU time in milliseconds that a target may spend on one thing while everybody else waits. */
export const MAX_TURN_MS = { open: 3_000, locked: 3_000, wide: 20_000 };

/** How long a connection may outlive its attacker, and a good client may wait for its reply: no more than a bound. */
export const PATIENCE_MS = 20_000;
