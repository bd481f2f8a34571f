import { unref } from '../platform/node.ts';
import type { Timer } from '../platform/platform.ts';
import type { Clock } from './clock.ts';

/** What a heartbeat watches and may do. */
export interface Heart {
  /** Changes with every sign of life. */
  readonly bytesMoved: number;
  readonly isMidFrame: boolean;
  readonly framesRead: number;
  ping(): void;
  unresponsive(silentMs: number): void;
  responsive(): void;
  /** Nothing came for `heartbeatTimeoutMs`. */
  dead(silentMs: number): void;
  /** A frame was not completed in time. */
  stuck(): void;
}

/**
 * Watches over a connection in two stages: a silent peer is pinged, then reported as unresponsive, and only much later
 * given up. A tick that comes late means that this process slept (laptop lid) or was busy itself: then the silence says
 * nothing about the peer, and counting starts anew.
 */
export class Heartbeat {
  readonly #heart: Heart;
  readonly #clock: Clock;
  readonly #tickMs: number;
  readonly #options: HeartbeatOptions;
  #timer: Timer;
  #lastTick: number;
  #heardAt: number;
  #bytesSeen: number;
  #frameSince: number;
  #framesSeen: number;
  #isUnresponsive = false;

  constructor(heart: Heart, clock: Clock, options: HeartbeatOptions) {
    this.#heart = heart;
    this.#clock = clock;
    this.#options = options;
    this.#tickMs = Math.min(options.heartbeatMs, options.frameTimeoutMs);
    this.#lastTick = this.#heardAt = this.#frameSince = clock.now();
    this.#bytesSeen = heart.bytesMoved;
    this.#framesSeen = heart.framesRead;
    this.#timer = this.#schedule();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  #schedule(): Timer {
    return unref(this.#clock.setTimeout(() => this.#tick(), this.#tickMs));
  }

  #tick(): void {
    const now = this.#clock.now();
    const wasAway = now - this.#lastTick > 2 * this.#tickMs;
    this.#lastTick = now;
    this.#timer = this.#schedule();
    this.#checkFrame(now, wasAway);
    if (this.#options.heartbeatMs < Infinity) this.#checkSilence(now, wasAway);
  }

  #checkFrame(now: number, wasAway: boolean): void {
    const { isMidFrame, framesRead } = this.#heart;
    if (wasAway || !isMidFrame || framesRead !== this.#framesSeen) {
      this.#framesSeen = framesRead;
      this.#frameSince = now;
    } else if (now - this.#frameSince >= this.#options.frameTimeoutMs) {
      this.#heart.stuck();
    }
  }

  #checkSilence(now: number, wasAway: boolean): void {
    const { heartbeatMs, heartbeatTimeoutMs } = this.#options;
    const { bytesMoved } = this.#heart;
    if (bytesMoved !== this.#bytesSeen) return this.#hear(now, bytesMoved);
    if (wasAway) this.#heardAt = now;
    const silentMs = now - this.#heardAt;
    if (silentMs >= heartbeatTimeoutMs) return this.#heart.dead(silentMs);
    if (silentMs >= 2 * heartbeatMs && !this.#isUnresponsive) {
      this.#isUnresponsive = true;
      this.#heart.unresponsive(silentMs);
    }
    this.#heart.ping();
  }

  #hear(now: number, bytesMoved: number): void {
    this.#bytesSeen = bytesMoved;
    this.#heardAt = now;
    if (!this.#isUnresponsive) return;
    this.#isUnresponsive = false;
    this.#heart.responsive();
  }
}

export interface HeartbeatOptions {
  /** `Infinity` never asks. */
  readonly heartbeatMs: number;
  /** `Infinity` never gives up. */
  readonly heartbeatTimeoutMs: number;
  readonly frameTimeoutMs: number;
}
