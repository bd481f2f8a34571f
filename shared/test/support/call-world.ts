import { codecs } from '../../src/envelope/codecs.ts';
import { Kind } from '../../src/envelope/frame.ts';
import type { Frame } from '../../src/envelope/frame-reader.ts';
import type { Call, CallSink, Route } from '../../src/link/call.ts';
import { CallBook } from '../../src/link/call-book.ts';
import { PendingTable } from '../../src/link/pending-table.ts';
import { FakeClock } from './fake-clock.ts';

/** Nobody looks into it. */
const frame: Frame = { kind: Kind.reply, flags: 0, correlation: 1, bytes: Buffer.of(0x80), start: 0, end: 1 };

/** A send, with the results that its caller gets. */
export class Sent implements CallSink {
  readonly reply = undefined;
  readonly settlements: string[] = [];
  reports = 0;
  /** How often it was said to occupy nothing any more. */
  ends = 0;
  readonly controller: AbortController;
  call: Call | null = null;
  /** The connection that it left over, and its number there. */
  sentOver: { readonly connection: Connection; readonly correlation: number } | null = null;

  constructor(controller: AbortController) {
    this.controller = controller;
  }

  read(): void {}

  succeed(): void {
    this.settlements.push('replied');
  }

  refuse(): void {
    this.settlements.push('refused');
  }

  fail(error: unknown): void {
    const { name, code } = Object(error);
    this.settlements.push(name === 'AbortError' ? name : code);
  }

  progress(): void {
    this.reports++;
  }

  chunk(): void {
    this.reports++;
  }
}

/** One connection as calls see it: a table of numbers, and the cancels that were sent over it. */
export class Connection implements Route {
  readonly pending = new PendingTable();
  readonly cancelled: number[] = [];

  giveUp(correlation: number, onEnded: () => void): void {
    this.cancelled.push(correlation);
    this.pending.abandon(correlation, onEnded);
  }

  settled(correlation: number): void {
    this.pending.delete(correlation);
  }

  grantCredit(): void {}
}

/** The link's bookkeeping without its bytes: calls are opened, sent, answered and lost by hand. */
export class CallWorld {
  readonly clock = new FakeClock();
  readonly sends: Sent[] = [];
  settledByBook = 0;
  readonly book = new CallBook(this.clock, 0, () => this.settledByBook++);
  connection = new Connection();

  send(options: { readonly id: string | null; readonly timeout: number; readonly isStream: boolean }): Sent {
    const { id, timeout, isStream } = options;
    const sent = new Sent(new AbortController());
    const target = { peer: 'bob', data: id === null ? {} : { id }, isStream };
    sent.call = this.book.open(target, { timeout, signal: sent.controller.signal, onEnded: () => sent.ends++ }, sent);
    this.sends.push(sent);
    return sent;
  }

  /** Puts a send that waits onto the connection. */
  transmit(sent: Sent): void {
    const { connection } = this;
    const { call } = sent;
    if (call === null || call.isSettled) return;
    const correlation = connection.pending.add(call);
    call.sentBy(connection, correlation);
    sent.sentOver = { connection, correlation };
  }

  /** The peer answers a send, whether anybody still waits for it or not. */
  answer(sent: Sent, isFailed: boolean): void {
    if (sent.sentOver === null) return;
    const { connection, correlation } = sent.sentOver;
    const call = connection.pending.get(correlation);
    if (call === undefined) connection.pending.end(correlation);
    else if (isFailed) call.refuse({}, false);
    else call.answer(frame, codecs.msgpack);
  }

  report(sent: Sent): void {
    if (sent.sentOver === null) return;
    const { connection, correlation } = sent.sentOver;
    connection.pending.get(correlation)?.progress(frame, codecs.msgpack);
    connection.pending.get(correlation)?.chunk(frame, codecs.msgpack);
  }

  lose(error: Error): void {
    const lost = this.connection;
    this.connection = new Connection();
    lost.pending.failAll(error);
    lost.pending.endAll();
  }
}
