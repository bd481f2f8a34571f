import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import { fromWebPort } from '../../src/transport/port.ts';
import { PortStream, type PortStreamOptions } from '../../src/transport/port-stream.ts';

const open: MessagePort[] = [];

afterEach(() => {
  for (const port of open.splice(0)) port.close();
});

/** What one end of a stream has heard. */
class Ear {
  readonly stream: PortStream;
  readonly chunks: Buffer[] = [];
  drains = 0;
  error: Error | undefined;
  isClosed = false;
  #wake: () => void = () => {};

  constructor(stream: PortStream) {
    this.stream = stream;
    stream.open({
      data: (chunk) => this.#hear(() => this.chunks.push(Buffer.from(chunk))),
      drain: () => this.#hear(() => this.drains++),
      close: (error) =>
        this.#hear(() => {
          this.isClosed = true;
          this.error = error;
        }),
    });
  }

  get bytes(): Buffer {
    return Buffer.concat(this.chunks);
  }

  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await new Promise<void>((resolve) => (this.#wake = resolve));
  }

  #hear(note: () => void): void {
    note();
    this.#wake();
  }
}

function createPair(options: PortStreamOptions = {}): { near: Ear; far: Ear } {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  return {
    near: new Ear(new PortStream(fromWebPort(port1))),
    far: new Ear(new PortStream(fromWebPort(port2), options)),
  };
}

/** A stream whose other end is a port that may post anything. */
function createRaw(options: PortStreamOptions = {}): { port: MessagePort; ear: Ear } {
  const { port1, port2 } = new MessageChannel();
  open.push(port1, port2);
  return { port: port1, ear: new Ear(new PortStream(fromWebPort(port2), options)) };
}

test('bytes arrive as they were written, without the memory around them', async () => {
  const { near, far } = createPair();
  const pool = Buffer.alloc(1_000, 'x');
  near.stream.write([pool.subarray(10, 20), Buffer.from('second')]);
  near.stream.write([pool.subarray(0, 3)]);
  await far.until(() => far.bytes.length === 19);
  expect(far.bytes.toString()).toBe('xxxxxxxxxxsecondxxx');
  expect(far.chunks.map(({ length }) => length)).toStrictEqual([16, 3]);
});

test.each([
  ['few, which travel as text', 1_000],
  ['many, which travel as they are', 100_000],
])('every byte arrives as it is: %s', async (_name, length) => {
  const { near, far } = createPair();
  const bytes = Buffer.from(Array.from({ length }, (_, index) => index % 256));
  near.stream.write([bytes]);
  await far.until(() => far.bytes.length === length);
  expect(far.bytes.equals(bytes)).toBe(true);
});

describe('back-pressure', () => {
  test('what the other end has not taken waits, and its taking is told', async () => {
    const { near, far } = createPair();
    far.stream.pause();
    near.stream.write([Buffer.alloc(100_000)]);
    expect(near.stream.bytesWaiting).toBe(100_000);
    far.stream.resume();
    await near.until(() => near.drains > 0);
    expect(near.stream.bytesWaiting).toBe(0);
  });

  test('a pause hands on nothing, and loses nothing', async () => {
    const { near, far } = createPair();
    near.stream.write([Buffer.from('before')]);
    await far.until(() => far.bytes.length === 6);
    far.stream.pause();
    near.stream.write([Buffer.from('during')]);
    await new Promise(setImmediate);
    expect(far.bytes.toString()).toBe('before');
    far.stream.resume();
    await far.until(() => far.bytes.length === 12);
    expect(far.bytes.toString()).toBe('beforeduring');
  });

  test('a turn that has lasted long enough leaves the rest to the next', async () => {
    const { near, far } = createPair({ turnMs: 0 });
    const sent = Buffer.from(Array.from({ length: 100_500 }, (_, index) => index % 251));
    near.stream.write([sent.subarray(0, 500)]);
    near.stream.write([sent.subarray(500)]);
    let turns = 0;
    const count = (): void => {
      turns++;
      if (far.bytes.length < sent.length) setImmediate(count);
    };
    count();
    await far.until(() => far.bytes.length === sent.length);
    expect(far.bytes.equals(sent)).toBe(true);
    expect(turns).toBeGreaterThan(40);
  });

  test('messages that come one by one share the turns, too', async () => {
    const { port1, port2 } = new MessageChannel();
    open.push(port1, port2);
    let turn = 0;
    const count = (): void => {
      turn++;
      if (seen.length < 50) setImmediate(count);
    };
    const seen: number[] = [];
    await new Promise<void>((resolve) => {
      const data = (): void => {
        if (seen.push(turn) === 50) resolve();
        for (const end = performance.now() + 1; performance.now() < end;);
      };
      new PortStream(fromWebPort(port2), { turnMs: 1 }).open({ data, drain: () => {}, close: () => {} });
      for (let message = 0; message < 50; message++) port1.postMessage(new Uint8Array(100));
      count();
    });
    expect(new Set(seen).size).toBeGreaterThan(15);
  });

  test('a peer that sends more than may wait is cut off', async () => {
    const { near, far } = createPair({ maxIncomingBytes: 10_000 });
    far.stream.pause();
    for (let message = 0; message < 20; message++) near.stream.write([Buffer.alloc(1_000)]);
    await far.until(() => far.isClosed);
    expect(far.error).toMatchObject({ code: 'ERR_LINK_PROTOCOL' });
    await near.until(() => near.isClosed);
  });

  test('a peer that leaves more unread than it may is cut off', async () => {
    const { port, ear } = createRaw({ maxUnreadBytes: 10_000 });
    let arrived = 0;
    port.on('message', (message) => (arrived += Uint8Array.from(message).length));
    for (let message = 0; message < 20; message++) ear.stream.write([Buffer.alloc(1_000)]);
    expect(ear.stream.isWritable).toBe(false);
    await Promise.all([ear.until(() => ear.isClosed), once(port, 'close')]);
    expect(ear.error).toMatchObject({ code: 'ERR_LINK_OVERLOADED' });
    expect(arrived).toBe(10_000);
  });

  test('many messages of nothing count too', async () => {
    const { port, ear } = createRaw({ maxIncomingBytes: 10_000 });
    ear.stream.pause();
    for (let message = 0; message < 100; message++) port.postMessage(new Uint8Array(0));
    await ear.until(() => ear.isClosed);
    expect(ear.error).toMatchObject({ code: 'ERR_LINK_PROTOCOL' });
  });
});

describe('the end', () => {
  test('what was written before it arrives, then both ends close', async () => {
    const { near, far } = createPair();
    near.stream.write([Buffer.from('last words')]);
    near.stream.end();
    near.stream.write([Buffer.from('too late')]);
    await Promise.all([far.until(() => far.isClosed), near.until(() => near.isClosed)]);
    expect(far.bytes.toString()).toBe('last words');
    expect(far.error).toBeUndefined();
    expect(near.stream.isWritable).toBe(false);
  });

  test('is not hidden by a pause', async () => {
    const { near, far } = createPair();
    far.stream.pause();
    near.stream.write([Buffer.from('unread')]);
    near.stream.end();
    await far.until(() => far.isClosed);
  });

  test('destroying one end closes the other', async () => {
    const { near, far } = createPair();
    near.stream.destroy();
    await Promise.all([far.until(() => far.isClosed), near.until(() => near.isClosed)]);
    expect(far.stream.isWritable).toBe(false);
  });

  test('a port that was closed is a stream that has ended', async () => {
    const { port, ear } = createRaw();
    const closed = once(port, 'close');
    port.close();
    await closed;
    await ear.until(() => ear.isClosed);
  });
});

test.each([
  ['an object', { type: 'bytes' }],
  ['nothing', null],
  ['false', false],
  ['more taken than was sent', 5],
  ['less than nothing taken', -1],
  ['no number taken', Number.NaN],
  ['bytes that are a part of more memory', new Uint8Array(new ArrayBuffer(1_000_000), 0, 1)],
])('%s ends the stream with an error', async (_, message) => {
  const { port, ear } = createRaw();
  port.postMessage(message);
  await ear.until(() => ear.isClosed);
  expect(ear.error).toMatchObject({ code: 'ERR_LINK_PROTOCOL' });
});
