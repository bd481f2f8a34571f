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

  test('messages that nobody takes are followed by fewer and larger ones, and nothing is lost', async () => {
    const { near, far } = createPair();
    const sent = Buffer.from(Array.from({ length: 2_000 * 100 }, (_, index) => index % 251));
    far.stream.pause();
    for (let at = 0; at < sent.length; at += 100) near.stream.write([sent.subarray(at, at + 100)]);
    far.stream.resume();
    await far.until(() => far.bytes.length === sent.length);
    expect(far.bytes.equals(sent)).toBe(true);
    expect(far.chunks).toHaveLength(512 + Math.ceil((1_488 * 100) / 65_500));
    expect(Math.max(...far.chunks.map(({ length }) => length))).toBe(65_500);
  });

  test('what is large goes alone, after what was written before it', async () => {
    const { near, far } = createPair();
    far.stream.pause();
    for (let message = 0; message < 513; message++) near.stream.write([Buffer.from('small')]);
    near.stream.write([Buffer.alloc(100_000, 'large')]);
    near.stream.write([Buffer.from('last')]);
    far.stream.resume();
    await far.until(() => far.chunks.at(-1)?.toString() === 'last');
    expect(far.chunks.slice(-3).map(({ length }) => length)).toStrictEqual([5, 100_000, 4]);
  });

  test('a peer that posts more messages than may wait is cut off', async () => {
    const { port, ear } = createRaw({ maxIncomingMessages: 512 });
    ear.stream.pause();
    for (let message = 0; message < 512; message++) port.postMessage('x');
    ear.stream.resume();
    await ear.until(() => ear.bytes.length === 512);
    expect(ear.isClosed).toBe(false);
    ear.stream.pause();
    for (let message = 0; message < 513; message++) port.postMessage('x');
    await ear.until(() => ear.isClosed);
    expect(ear.error).toMatchObject({ code: 'ERR_LINK_PROTOCOL' });
  });

  test.each([
    ['32 KiB', 1, 32_768],
    ['128 messages', 128, 128],
  ])('%s that were taken are acknowledged, and fewer are not', async (_name, messages, bytes) => {
    const { port, ear } = createRaw();
    const acknowledged: unknown[] = [];
    port.on('message', (message) => acknowledged.push(message));
    for (let message = 0; message < 2 * messages; message++) port.postMessage('x'.repeat(bytes / messages));
    port.postMessage('x');
    await ear.until(() => ear.bytes.length === 2 * bytes + 1);
    ear.stream.destroy();
    await once(port, 'close');
    expect(acknowledged).toStrictEqual([bytes, 2 * bytes]);
  });

  test.each([
    ['32 KiB', [32_768], 32_768],
    ['128 messages', Array<number>(128).fill(1), 128],
  ])('a peer that acknowledges less than %s at a time is cut off', async (_name, lengths, enough) => {
    const { port, ear } = createRaw();
    for (const length of [...lengths, ...lengths]) ear.stream.write([Buffer.alloc(length)]);
    port.postMessage(enough);
    await ear.until(() => ear.drains === 1);
    expect(ear.stream.bytesWaiting).toBe(enough);
    port.postMessage(2 * enough - 1);
    await ear.until(() => ear.isClosed);
    expect(ear.error).toMatchObject({ code: 'ERR_LINK_PROTOCOL' });
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

  test('comes behind what waits for an acknowledgement', async () => {
    const { near, far } = createPair();
    for (let message = 0; message < 5_000; message++) near.stream.write([Buffer.from('x')]);
    near.stream.end();
    await Promise.all([far.until(() => far.isClosed), near.until(() => near.isClosed)]);
    expect(far.bytes.toString()).toBe('x'.repeat(5_000));
    expect(far.error).toBeUndefined();
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
