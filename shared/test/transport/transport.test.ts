import { describe, expect, test } from 'vitest';
import type { Listener } from '../../src/transport/transport.ts';
import { End } from '../support/bytes.ts';
import { code } from '../support/code.ts';
import { type Network, overEveryTransport } from '../support/network.ts';

/** Nobody aborts here. */
function never(): AbortSignal {
  return new AbortController().signal;
}

/** A stream from one end to the other. */
async function connect(
  network: Network,
  { isFarOpen = true } = {},
): Promise<{ near: End; far: End; listener: Listener }> {
  const { transport } = network;
  const arrived: End[] = [];
  const listener = await transport.listen('far', (stream) => arrived.push(new End(stream, isFarOpen)));
  const near = new End(await transport.connect('far', never()));
  near.write('hello');
  while (arrived.length === 0) await new Promise(setImmediate);
  const [far] = arrived;
  if (far === undefined) throw new Error('nobody came');
  if (isFarOpen) await far.until(({ text }) => text === 'hello');
  return { near, far, listener };
}

overEveryTransport((network) => {
  describe('a stream', () => {
    test('carries bytes both ways, in order', async () => {
      const { near, far, listener } = await connect(network);
      near.write(' ', 'world');
      near.write('!');
      far.write('and back');
      await far.until(({ text }) => text === 'hello world!');
      await near.until(({ text }) => text === 'and back');
      near.stream.destroy();
      listener.close();
    });

    test('carries a large amount, and says when it has left', async () => {
      const { near, far, listener } = await connect(network);
      const large = Buffer.alloc(8 * 1_048_576, 'large');
      near.write(large, large);
      expect(near.stream.bytesWaiting).toBeGreaterThan(1_048_576);
      const drainsBefore = near.drains;
      await near.until(({ drains }) => drains > drainsBefore);
      expect(near.stream.bytesWaiting).toBe(0);
      await far.until(({ chunks }) => chunks.reduce((sum, { length }) => sum + length, 0) === 5 + 2 * large.length);
      expect(far.bytes.subarray(5).equals(Buffer.concat([large, large]))).toBe(true);
      near.stream.destroy();
      listener.close();
    });

    test('keeps what arrives until it is opened', async () => {
      const { near, far, listener } = await connect(network, { isFarOpen: false });
      near.write(' again');
      far.open();
      await far.until(({ text }) => text === 'hello again');
      near.stream.destroy();
      listener.close();
    });

    test('delivers what was written before it was ended', async () => {
      const { near, far, listener } = await connect(network);
      const large = Buffer.alloc(4 * 1_048_576, 'large');
      near.write(large, 'last');
      near.stream.end();
      near.write('too late');
      await far.until(({ closes }) => closes === 1);
      expect(far.bytes.length).toBe(5 + large.length + 4);
      expect(far.error).toBeUndefined();
      await near.until(({ closes }) => closes === 1);
      expect(near.error).toBeUndefined();
      listener.close();
    });

    test('that was ended still hears the other side until that has ended too', async () => {
      const { near, far, listener } = await connect(network);
      const large = Buffer.alloc(2 * 1_048_576, 'large');
      far.write(large);
      near.stream.end();
      await near.until(({ closes }) => closes === 1);
      expect(near.bytes.length).toBe(large.length);
      listener.close();
    });

    test('closes at both ends when one is destroyed, and says so once', async () => {
      const { near, far, listener } = await connect(network);
      near.stream.destroy();
      near.stream.destroy();
      await near.until(({ closes }) => closes === 1);
      await far.until(({ closes }) => closes === 1);
      far.write('to nobody');
      far.stream.end();
      far.stream.destroy();
      await new Promise(setImmediate);
      expect([near.closes, far.closes]).toStrictEqual([1, 1]);
      listener.close();
    });

    test('that closed before it was opened says so when it is', async () => {
      const { near, far, listener } = await connect(network, { isFarOpen: false });
      near.stream.destroy();
      far.stream.destroy();
      await near.until(({ closes }) => closes === 1);
      far.open();
      await far.until(({ closes }) => closes === 1);
      listener.close();
    });
  });

  describe('a name', () => {
    test('nobody listens under refuses with ERR_LINK_CONNECT', async () => {
      await expect(network.transport.connect('nobody', never())).rejects.toEqual(code('ERR_LINK_CONNECT'));
    });

    test('that is taken refuses with ERR_LINK_NAME_TAKEN', async () => {
      network.refusesSecondListener();
      const listener = await network.transport.listen('taken', (stream) => stream.destroy());
      await expect(network.transport.listen('taken', () => {})).rejects.toEqual(code('ERR_LINK_NAME_TAKEN'));
      listener.close();
    });

    test('is free once its listener has closed; open streams live on', async () => {
      const { near, far, listener } = await connect(network);
      listener.close();
      await expect(network.transport.connect('far', never())).rejects.toEqual(code('ERR_LINK_CONNECT'));
      const second = await network.transport.listen('far', () => {});
      near.write(' still');
      await far.until(({ text }) => text === 'hello still');
      second.close();
      near.stream.destroy();
    });

    test('holds as many streams as come', async () => {
      const ends: End[] = [];
      const listener = await network.transport.listen('many', (stream) => ends.push(new End(stream)));
      const dialed = await Promise.all(
        Array.from({ length: 50 }, async (_, index) => {
          const end = new End(await network.transport.connect('many', never()));
          end.write(`I am ${index}`);
          return end;
        }),
      );
      while (ends.length < 50) await new Promise(setImmediate);
      await Promise.all(ends.map((end) => end.until(({ text }) => text.startsWith('I am '))));
      expect(new Set(ends.map(({ text }) => text)).size).toBe(50);
      for (const end of dialed) end.stream.destroy();
      listener.close();
    });
  });
});
