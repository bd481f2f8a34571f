import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { Kind } from '../../src/envelope/frame.ts';
import { Server } from '../../src/link/server.ts';
import { code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';
import { RawPeer } from '../support/raw-peer.ts';

overEachTransport((network) => {
  describe('close', () => {
    test('lets what this side has sent be answered', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const sent = alice.send('bob');
      const [message] = await once(bob, 'message');
      const closing = alice.close();
      message.reply('in time');
      expect(await sent).toMatchObject({ data: 'in time' });
      await closing;
      expect(alice.hasSocket('bob')).toBe(false);
    });

    test('lets what this side was asked be answered', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const sent = alice.send('bob');
      const [message] = await once(bob, 'message');
      const closing = bob.close();
      await new Promise(setImmediate);
      expect(message.signal.aborted).toBe(false);
      message.reply('in time');
      expect(await sent).toMatchObject({ data: 'in time' });
      await closing;
    });

    test('lets a large reply be read by a peer that takes its time', async () => {
      const { alice, bob } = await network.createPair();
      const body = Buffer.alloc(20 * 1_048_576, 'large');
      const sent = alice.send('bob', body);
      await once(bob, 'message');
      await bob.close();
      const { echo } = await sent;
      expect(Buffer.isBuffer(echo) && echo.equals(body)).toBe(true);
    });

    test('takes no new work, in either direction', async () => {
      const alice = network.createServer('alice').on('message', (message) => message.reply());
      const bob = network.createServer('bob');
      const sent = alice.send('bob');
      const [message] = await once(bob, 'message');
      const closing = alice.close();
      await expect(alice.send('bob')).rejects.toEqual(code('ERR_LINK_CLOSED'));
      await expect(alice.connectTo('bob')).rejects.toEqual(code('ERR_LINK_CLOSED'));
      await expect(bob.send('alice')).rejects.toEqual(code('ERR_LINK_CLOSED'));
      message.reply();
      await Promise.all([sent, closing]);
    });

    test('rejects what is left after the drain with ERR_LINK_CLOSED, and aborts what it was asked', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      alice.on('message', () => {});
      const sent = alice.send('bob');
      const [asked] = await once(bob, 'message');
      const backwards = bob.send('alice');
      const [askedBack] = await once(alice, 'message');
      const outcomes = Promise.allSettled([sent, backwards]);
      await alice.close({ drain: 20 });
      expect(await outcomes).toMatchObject([
        { reason: { code: 'ERR_LINK_CLOSED' } },
        { reason: { code: 'ERR_LINK_PEER_LOST' } },
      ]);
      expect(asked.signal.aborted).toBe(true);
      expect(askedBack.signal.aborted).toBe(true);
    });

    test('with an endless drain waits for a peer that reads late', async () => {
      const bob = network.createServer('bob');
      const large = Buffer.alloc(900_000, 7);
      bob.on('message', (message) => message.reply(large));
      await bob.whenReady();
      const peer = await RawPeer.greet(network, 'bob');
      peer.stream.pause();
      const asked = once(bob, 'message');
      peer.send(Kind.request, 1, { id: 'a' });
      await asked;
      const closed = bob.close({ drain: Infinity });
      // Past what a timer would be set to that takes no endless time.
      await setTimeout(20);
      peer.stream.resume();
      // Vitest would compare them byte by byte, which takes seconds.
      expect(large.equals(Buffer.from(Object(await peer.takeValue(Kind.reply))))).toBe(true);
      await closed;
    });

    test('rejects what waits for a connection at once', async () => {
      const alice = network.createServer('alice');
      const sent = alice.send('nobody');
      const connecting = alice.connectTo('nobody');
      const outcomes = Promise.allSettled([sent, connecting]);
      await alice.close();
      expect(await outcomes).toMatchObject([
        { reason: { code: 'ERR_LINK_CLOSED' } },
        { reason: { code: 'ERR_LINK_CLOSED' } },
      ]);
    });

    test('says goodbye, so that the peer sees no error', async () => {
      const { alice, bob } = await network.createPair();
      await alice.connectTo('bob');
      const left = once(alice, 'disconnect');
      await bob.close();
      expect(await left).toStrictEqual(['bob']);
      expect(alice.hasSocket('bob')).toBe(false);
    });

    test('may be called again, and together', async () => {
      const { alice } = await network.createPair();
      await alice.send('bob');
      await Promise.all([alice.close(), alice.close(), alice.close({ drain: 0 })]);
      await alice.close();
    });

    test('of both sides at once ends well', async () => {
      const { alice, bob } = await network.createPair();
      await alice.send('bob', 'hello');
      await Promise.all([alice.close(), bob.close()]);
    });

    test('while the peer keeps sending loses no reply to what was handled', async () => {
      const { alice, bob } = await network.createPair();
      let handled = 0;
      bob.prependListener('message', () => handled++);
      await alice.connectTo('bob');
      const weight = Buffer.alloc(50_000);
      const sent = Array.from({ length: 100 }, () => alice.send('bob', weight));
      const outcomes = Promise.allSettled(sent);
      await once(bob, 'message');
      await bob.close();
      const failures = (await outcomes).flatMap((outcome) =>
        outcome.status === 'rejected' ? [outcome.reason.code] : [],
      );
      expect(failures.length).toBe(100 - handled);
      for (const failure of failures) expect(['ERR_LINK_CLOSED', 'ERR_LINK_PEER_LOST']).toContain(failure);
    });

    test.each([-1, Number.NaN])('with a drain of %s is refused', async (drain) => {
      const alice = network.createServer('alice');
      await expect(alice.close({ drain })).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
    });
  });

  describe('destroy', () => {
    test('rejects everything now, on both sides', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const sent = alice.send('bob');
      const [message] = await once(bob, 'message');
      const backwards = bob.send('alice');
      const outcomes = Promise.allSettled([sent, backwards]);
      alice.destroy();
      expect(alice.stats().peers['bob']?.inFlight ?? 0).toBe(0);
      const [first, second] = await outcomes;
      expect(first).toMatchObject({ reason: { code: 'ERR_LINK_CLOSED' } });
      expect(['ERR_LINK_PEER_LOST', 'ERR_LINK_NO_HANDLER']).toContain(Reflect.get(Object(second), 'reason').code);
      if (!message.signal.aborted) await once(message.signal, 'abort');
      network.takeErrorCodes();
    });

    test('cuts a close short', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const sent = alice.send('bob');
      await once(bob, 'message');
      const outcome = expect(sent).rejects.toEqual(code('ERR_LINK_CLOSED'));
      const closing = alice.close({ drain: 60_000 });
      alice.destroy();
      alice.destroy();
      await Promise.all([outcome, closing]);
      network.takeErrorCodes();
    });
  });

  test('await using closes a server', async () => {
    const { bob } = await network.createPair();
    const options = network.kind === 'memory' ? { transport: network.transport } : { socketRoot: network.socketRoot };
    let server: Server;
    {
      await using carol = new Server('carol', options);
      server = carol;
      expect(await carol.send('bob', 1)).toMatchObject({ echo: 1 });
    }
    await expect(server.send('bob')).rejects.toEqual(code('ERR_LINK_CLOSED'));
    if (bob.hasSocket('carol')) await once(bob, 'disconnect');
  });

  test('a socket may be closed alone; the server goes on, and connects again when it has to', async () => {
    const { alice, bob } = await network.createPair();
    const socket = await alice.connectTo('bob');
    const left = once(bob, 'disconnect');
    await socket.close();
    expect(socket.isConnected).toBe(false);
    expect(await left).toStrictEqual(['alice']);
    expect(await alice.send('bob', 'again')).toMatchObject({ echo: 'again' });
  });

  test('a send while its socket closes goes over the next connection', async () => {
    const { alice } = await network.createPair();
    const socket = await alice.connectTo('bob');
    const closing = socket.close();
    expect(await alice.send('bob', 'on the way')).toMatchObject({ echo: 'on the way' });
    await closing;
  });
});
