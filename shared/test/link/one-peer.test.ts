import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { connected, overEachTransport } from '../support/network.ts';
import { createIdentity, RawPeer } from '../support/raw-peer.ts';

overEachTransport((network) => {
  describe('connections to and from one name are one peer', () => {
    test('when two servers connect to each other at once', async () => {
      const { alice, bob } = await network.createPair();
      alice.on('message', (message) => message.reply({ echo: message.data }));
      const events: string[] = [];
      for (const server of [alice, bob]) {
        server.on('connect', (name) => events.push(`${server.name}: ${name} is there`));
        server.on('disconnect', (name) => events.push(`${server.name}: ${name} is gone`));
      }
      const numbers = Array.from({ length: 50 }, (_, n) => n);
      const replies = await Promise.all(numbers.flatMap((n) => [alice.send('bob', n), bob.send('alice', n)]));
      expect(replies.map((reply) => reply['echo'])).toStrictEqual(numbers.flatMap((n) => [n, n]));
      expect(events.toSorted()).toStrictEqual(['alice: bob is there', 'bob: alice is there']);
      expect([alice.socketNames, bob.socketNames]).toStrictEqual([['bob'], ['alice']]);
      await Promise.all([alice.close(), bob.close()]);
      expect(events.toSorted()).toStrictEqual([
        'alice: bob is gone',
        'alice: bob is there',
        'bob: alice is gone',
        'bob: alice is there',
      ]);
    });

    test('so an answer goes back over the connection that came in', async () => {
      const alice = network.createServer('alice', { autoStart: false });
      alice.on('message', (message) => message.reply({ by: 'alice' }));
      const bob = network.createServer('bob');
      await alice.connectTo('bob');
      await connected(bob, 'alice');
      expect(await bob.send('alice')).toMatchObject({ by: 'alice' });
    });

    test('so a connection that comes in satisfies what waits for one', async () => {
      const bob = network.createServer('bob', { retry: 60_000, connectTimeout: 120_000 });
      await bob.whenReady();
      const sent = bob.send('alice', 'waiting');
      const connecting = bob.connectTo('alice');
      const alice = network.createServer('alice', { autoStart: false });
      alice.on('message', (message) => message.reply({ echo: message.data }));
      await alice.connectTo('bob');
      expect(await sent).toMatchObject({ echo: 'waiting' });
      expect((await connecting).isConnected).toBe(true);
    });

    test('and messages keep their order across the second', async () => {
      const { alice, bob } = await network.createPair();
      const seen: unknown[] = [];
      bob.prependListener('message', ({ data }) => seen.push(data));
      const sent: Promise<unknown>[] = [];
      for (let n = 0; n < 100; n++) {
        sent.push(alice.send('bob', n));
        if (n === 10) await bob.connectTo('alice');
        if (n % 7 === 0) await new Promise(setImmediate);
      }
      await Promise.all(sent);
      expect(seen).toStrictEqual([...sent.keys()]);
    });

    test('and the peer is gone only with the last of them', async () => {
      const bob = network.createServer('bob').on('message', (message) => message.reply());
      await bob.whenReady();
      const identity = createIdentity('raw');
      const events: string[] = [];
      bob.on('connect', () => events.push('connect')).on('disconnect', () => events.push('disconnect'));
      const first = await RawPeer.greet(network, 'bob', identity);
      await connected(bob, 'raw');
      const second = await RawPeer.greet(network, 'bob', identity);
      first.stream.destroy();
      await first.closed();
      second.stream.destroy();
      await once(bob, 'disconnect');
      expect(events).toStrictEqual(['connect', 'disconnect']);
    });
  });

  test('a server may send to itself', async () => {
    const alice = network.createServer('alice').on('message', (message) => message.reply({ from: message.sentBy }));
    await alice.whenReady();
    expect(await alice.send('alice')).toMatchObject({ from: 'alice' });
    await alice.close();
  });

  test('names come and go without leaving anything behind', async () => {
    const bob = network.createServer('bob').on('message', (message) => message.reply());
    await bob.whenReady();
    for (let n = 0; n < 20; n++) {
      const guest = network.createServer(`guest-${n}`, { autoStart: false });
      await guest.send('bob');
      await guest.close();
    }
    while (bob.socketNames.length > 0) await once(bob, 'disconnect');
    expect(bob.stats().peers).toStrictEqual({});
  });

  test('a hundred peers at once are kept apart', async () => {
    const bob = network.createServer('bob').on('message', (message) => message.reply({ to: message.sentBy }));
    await bob.whenReady();
    const guests = Array.from({ length: 100 }, (_, n) => network.createServer(`guest-${n}`, { autoStart: false }));
    const replies = await Promise.all(guests.map((guest) => guest.send('bob')));
    expect(replies.map((reply) => reply['to'])).toStrictEqual(guests.map(({ name }) => name));
    expect(bob.socketNames).toHaveLength(100);
  });
});
