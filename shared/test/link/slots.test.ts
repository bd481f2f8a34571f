import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Kind } from '../../src/envelope/frame.ts';
import { createHello } from '../../src/link/handshake.ts';
import type { Message } from '../../src/link/message.ts';
import type { Server } from '../../src/link/server.ts';
import type { SendOptions } from '../../src/link/socket.ts';
import { aborted, code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';
import { createIdentity, RawPeer } from '../support/raw-peer.ts';

/** A handler that doesn't heed its signal, and ends when it is told to. */
class Stubborn {
  running = 0;
  most = 0;
  readonly #ends: (() => void)[] = [];

  readonly handle = (): Promise<void> => {
    this.running++;
    this.most = Math.max(this.most, this.running);
    return new Promise((resolve) => {
      this.#ends.push(() => {
        this.running--;
        resolve();
      });
    });
  };

  endAll(): void {
    for (const end of this.#ends.splice(0)) end();
  }
}

/** A send that is given up as soon as its handler runs. */
async function giveUp(alice: Server, bob: Server, options: SendOptions = {}): Promise<Message> {
  const controller = new AbortController();
  const sent = alice.send('bob', 'given up', { ...options, signal: controller.signal });
  const [message] = await once(bob, 'message');
  controller.abort();
  await Promise.all([expect(sent).rejects.toEqual(aborted), message.signal.aborted || once(message.signal, 'abort')]);
  return message;
}

overEachTransport((network) => {
  describe('a call that was given up', () => {
    test('counts on both sides until its handler has ended', async () => {
      const alice = network.createServer('alice');
      const stubborn = new Stubborn();
      const bob = network.createServer('bob').on('message', stubborn.handle);
      let ends = 0;
      const ended = new Promise<void>((resolve) => {
        void giveUp(alice, bob, {
          onEnded: () => {
            ends++;
            resolve();
          },
        }).then((message) => {
          expect(alice.stats().peers['bob']).toMatchObject({ inFlight: 1, abandoned: 1 });
          expect(message.socket).toMatchObject({ inboundInFlight: 1, inboundAbandoned: 1 });
          expect(ends).toBe(0);
          stubborn.endAll();
        });
      });
      await ended;
      expect(ends).toBe(1);
      expect(alice.stats().peers['bob']).toMatchObject({ inFlight: 0, abandoned: 0 });
      expect(bob.stats().peers['alice']).toMatchObject({ inboundInFlight: 0, inboundAbandoned: 0 });
    });

    test('whose time is over counts until then, too', async () => {
      const alice = network.createServer('alice');
      const stubborn = new Stubborn();
      const bob = network.createServer('bob').on('message', stubborn.handle);
      await alice.connectTo('bob');
      const begun = once(bob, 'message');
      let end = (): void => {};
      const ended = new Promise<void>((resolve) => (end = resolve));
      const sent = alice.send('bob', 1, { timeout: 20, onEnded: () => end() });
      await expect(sent).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      await begun;
      expect(alice.getSocket('bob')).toMatchObject({ inFlight: 1, abandoned: 1 });
      stubborn.endAll();
      await ended;
      expect(alice.getSocket('bob')).toMatchObject({ inFlight: 0, abandoned: 0 });
    });

    test('leaves no room for another, however many are given up', async () => {
      const alice = network.createServer('alice', { maxInFlight: 2, whenOverloaded: 'wait' });
      const stubborn = new Stubborn();
      network.createServer('bob', { maxInFlight: 2 }).on('message', stubborn.handle);
      await alice.connectTo('bob');
      const sent = Array.from({ length: 100 }, () => alice.send('bob', 1, { timeout: 30 }));
      const outcomes = await Promise.allSettled(sent);
      expect(outcomes.map(({ status }) => status)).not.toContain('fulfilled');
      expect(stubborn.most).toBe(2);
      stubborn.endAll();
    });

    test('has ended when its handler answers all the same', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      bob.on('message', () => new Promise(() => {}));
      const message = await giveUp(alice, bob);
      expect(message.reply('too late')).toBe(false);
      expect(message.socket.inboundInFlight).toBe(0);
    });

    test('has ended with the request where its handler returned nothing to wait for', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const message = await giveUp(alice, bob);
      expect(message.socket.inboundInFlight).toBe(0);
    });

    test('is over with its connection', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob').on('message', () => new Promise(() => {}));
      const ended = new Promise<void>(
        (resolve) => void giveUp(alice, bob, { onEnded: resolve }).then(() => bob.destroy()),
      );
      await ended;
    });

    test('is waited for by a close, for as long as it may take', async () => {
      const alice = network.createServer('alice');
      const stubborn = new Stubborn();
      const bob = network.createServer('bob').on('message', stubborn.handle);
      await giveUp(alice, bob);
      let isClosed = false;
      const closed = bob.close({ drain: 60_000 }).then(() => (isClosed = true));
      await alice.send('bob').catch(() => {});
      expect(isClosed).toBe(false);
      stubborn.endAll();
      await closed;
    });

    test('of a stream counts until its writer has ended', async () => {
      const alice = network.createServer('alice');
      const stubborn = new Stubborn();
      const bob = network.createServer('bob').on('message', stubborn.handle);
      const ended = new Promise<void>((resolve) => {
        const items = alice.stream('bob', 1, { onEnded: resolve });
        void once(bob, 'message').then(async () => {
          await items.return?.();
          expect(alice.getSocket('bob')).toMatchObject({ inFlight: 1, abandoned: 1 });
          stubborn.endAll();
        });
      });
      await ended;
    });
  });

  test('whatever becomes of a call, it is said once to occupy nothing any more', async () => {
    const { alice } = await network.createPair();
    const ends: string[] = [];
    const send = (name: string, peer: string, data: unknown, options: SendOptions = {}): Promise<unknown> =>
      alice.send(peer, data, { ...options, onEnded: () => ends.push(name) }).catch(() => {});
    await send('answered', 'bob', 1);
    await send('refused', 'bob', { success: false });
    await send('aborted before', 'bob', 1, { signal: AbortSignal.abort() });
    await send('not a peer', 'a/b', 1);
    await send('not sendable', 'bob', () => {});
    const calls = [send('first', 'bob', { id: 'x' }), send('second', 'bob', { id: 'x' })];
    await Promise.all(calls);
    await alice.close();
    await send('closed', 'bob', 1);
    expect(ends).toStrictEqual([
      ...['answered', 'refused', 'aborted before', 'not a peer', 'not sendable'],
      ...['second', 'first', 'closed'],
    ]);
  });

  describe('a peer of the first edition', () => {
    const { features: _, ...hello } = createHello(createIdentity('old'));

    async function greetOld(): Promise<RawPeer> {
      const peer = await RawPeer.connect(network, 'bob');
      peer.sendJson(Kind.hello, hello);
      await peer.confirm('bob', createIdentity('old'), hello);
      return peer;
    }

    test('hears nothing of requests that it gave up, and may use their numbers again at once', async () => {
      const stubborn = new Stubborn();
      const bob = network.createServer('bob', { maxInFlight: 2 });
      bob.on('message', (message) => (message.data === 'held' ? stubborn.handle() : void message.reply(message.data)));
      await bob.whenReady();
      const peer = await greetOld();
      peer.send(Kind.request, 1, { id: 'a', data: 'held' });
      peer.sendSmall(Kind.cancel, 1);
      peer.send(Kind.request, 1, { id: 'b', data: 'again' });
      expect(await peer.takeValue(Kind.reply)).toBe('again');
      expect(bob.getSocket('old')).toMatchObject({ inboundInFlight: 1, inboundAbandoned: 1 });
      stubborn.endAll();
      peer.send(Kind.request, 2, { id: 'c', data: 'after' });
      expect(await peer.takeValue(Kind.reply)).toBe('after');
      expect(peer.frames).toStrictEqual([]);
    });

    test('is taken to be done with what was given up', async () => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      const peer = await greetOld();
      const controller = new AbortController();
      let ends = 0;
      const sent = bob.send('old', 1, { signal: controller.signal, onEnded: () => ends++ });
      await peer.take(Kind.request);
      controller.abort();
      await expect(sent).rejects.toEqual(aborted);
      expect(ends).toBe(1);
      expect(bob.getSocket('old')?.inFlight).toBe(0);
    });
  });

  test('an answer without a body settles a call that its sender still waits on', async () => {
    const bob = network.createServer('bob');
    await bob.whenReady();
    const peer = await RawPeer.greet(network, 'bob');
    const calls = [bob.send('raw', 'late', { timeout: 60_000 }), bob.send('raw', 'large')];
    for (const _ of calls) {
      const { correlation } = await peer.take(Kind.request);
      peer.sendSmall(Kind.reply, correlation);
    }
    await expect(calls[0]).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
    await expect(calls[1]).rejects.toEqual(code('ERR_LINK_TOO_LARGE'));
  });
});
