import { channel } from 'node:diagnostics_channel';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { code } from '../support/code.ts';
import { connected, overEachTransport } from '../support/network.ts';

const names = [
  ...['request:start', 'request:end', 'request:error'],
  ...['peer:connect', 'peer:disconnect', 'peer:unresponsive', 'peer:responsive'],
];

/** What alice published, by the end of the channel's name. */
let published: [event: string, message: unknown][] = [];
let stop: () => void = () => {};

beforeEach(() => {
  published = [];
  const subscriptions = names.map((name) => {
    const hear = (message: unknown): void => {
      if (Object(message).server === 'alice') published.push([name, message]);
    };
    channel(`ipc-link:${name}`).subscribe(hear);
    return () => channel(`ipc-link:${name}`).unsubscribe(hear);
  });
  stop = () => {
    for (const unsubscribe of subscriptions) unsubscribe();
  };
});
afterEach(() => stop());

overEachTransport((network) => {
  describe('diagnostics', () => {
    test('tell of a request when it starts and when it ends', async () => {
      const { alice } = await network.createPair();
      await alice.connectTo('bob');
      published = [];
      const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01';
      await alice.send('bob', { id: 'x' }, { traceparent });
      const about = { server: 'alice', peer: 'bob', id: 'x', task: undefined, traceparent, isStream: false };
      expect(published).toStrictEqual([
        ['request:start', about],
        [
          'request:end',
          {
            ...about,
            durationMs: expect.toSatisfy((ms: number) => ms > 0),
            requestBytes: expect.toSatisfy((bytes: number) => bytes > traceparent.length),
            replyBytes: expect.toSatisfy((bytes: number) => bytes > 0),
            readBodies: expect.any(Function),
          },
        ],
      ]);
    });

    test('tell of each end of a request once, and of why it failed', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob').on('message', (message) => {
        if (message.data === 'refuse') message.reply({}, false);
      });
      await alice.connectTo('bob');
      await connected(bob, 'alice');
      published = [];
      const outcomes = Promise.allSettled([
        alice.send('bob', 'refuse'),
        alice.send('bob', 'time out', { timeout: 20 }),
        alice.send('bob', Symbol('unserializable')),
        alice.send('bob', 'lose', { timeout: 60_000 }),
      ]);
      await expect(alice.send('bob', { id: 'no time' }, { timeout: -1 })).rejects.toEqual(
        code('ERR_LINK_INVALID_ARGUMENT'),
      );
      await expect(alice.send('bob', 'wait for that', { timeout: 40 })).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      bob.destroy();
      await outcomes;
      const ended = published.filter(([event]) => event === 'request:error').map(([, message]) => Object(message));
      const reasons = ended.map(({ error }): string => error?.code ?? 'refused');
      expect(reasons.toSorted()).toStrictEqual([
        'ERR_LINK_PEER_LOST',
        'ERR_LINK_TIMEOUT',
        'ERR_LINK_TIMEOUT',
        'ERR_LINK_UNSERIALIZABLE',
        'refused',
      ]);
      expect(published.filter(([event]) => event === 'request:start')).toHaveLength(5);
      expect(new Set(ended.map(({ id }) => id)).size).toBe(5);
    });

    test('tell who failed a request that was replied to, and with which code', async () => {
      const { alice } = await network.createPair();
      const bob = network.createServer('robin');
      bob.handle('throws', (message) => message.fail(Object.assign(new Error('no'), { code: 'ENOTPICTURE' })));
      bob.handle('claims', (message) => message.fail(Object.assign(new Error('no'), { code: 'ERR_LINK_TIMEOUT' })));
      bob.handle('replies', (message) => void message.reply({ why: 'no' }, false));
      const sent = ['throws', 'claims', 'replies', 'unknown'].map((task) => alice.send('robin', {}, { task }));
      await Promise.allSettled(sent);
      const ended = published.filter(([event]) => event === 'request:error').map(([, message]) => Object(message));
      const rejected = await Promise.all(sent.map((call) => call.catch((error: unknown) => Object(error))));
      expect(ended.map(({ task, isRefusal, code: told }) => ({ task, isRefusal, told }))).toStrictEqual([
        { task: 'throws', isRefusal: false, told: 'ENOTPICTURE' },
        { task: 'claims', isRefusal: false, told: 'ERR_LINK_REPLY' },
        { task: 'replies', isRefusal: false, told: 'ERR_LINK_REPLY' },
        { task: 'unknown', isRefusal: true, told: 'ERR_LINK_NO_HANDLER' },
      ]);
      expect(rejected.map(({ isRefusal, code: told }) => ({ isRefusal, told }))).toStrictEqual(
        ended.map(({ isRefusal, code: told }) => ({ isRefusal, told })),
      );
      expect(ended.some((message) => 'error' in message)).toBe(false);
    });

    test('give the bodies of a request to whoever asks for them', async () => {
      const { alice, bob } = await network.createPair();
      bob.handle('double', (message) => message.reply({ value: Number(message.data) * 2 }));
      bob.handle('throws', (message) => message.fail(new Error('no')));
      bob.handle('lists', async (message) => {
        await message.write('item');
        message.end();
      });
      await alice.send('bob', 21, { task: 'double' });
      await alice.send('bob', 'x', { task: 'throws' }).catch(() => {});
      for await (const _ of alice.stream('bob', 'all', { task: 'lists' }));
      await alice.send('bob', Symbol('never')).catch(() => {});
      const bodies = published
        .filter(([event]) => event === 'request:end' || event === 'request:error')
        .map(([, message]) => Object(message).readBodies());
      expect(bodies).toEqual([
        { request: 21, reply: { id: expect.any(String), success: true, value: 42 } },
        { request: 'x', reply: expect.objectContaining({ message: 'no' }) },
        { request: 'all', reply: undefined },
        { request: expect.any(Symbol), reply: undefined },
      ]);
    });

    test('give the bodies of a request that is passed on, which the passing one has not decoded', async () => {
      const alice = network.createServer('alice');
      const carol = network.createServer('carol');
      network.createServer('bob').on('message', (message) => message.reply({ got: message.data }));
      alice.handle('pass', (message) => void alice.forward('bob', message));
      await alice.connectTo('bob');
      published = [];
      const { got } = await carol.send('alice', { secret: [1, 2] }, { task: 'pass' });
      expect(got).toEqual({ secret: [1, 2] });
      const [[, end] = []] = published.filter(([event]) => event === 'request:end');
      expect(Object(end).readBodies()).toMatchObject({
        request: { secret: [1, 2] },
        reply: { got: { secret: [1, 2] } },
      });
    });

    test('tell of peers that come and go', async () => {
      const { alice, bob } = await network.createPair();
      await alice.connectTo('bob');
      const left = once(alice, 'disconnect');
      await bob.close();
      await left;
      expect(published).toStrictEqual([
        ['peer:connect', { server: 'alice', peer: 'bob' }],
        ['peer:disconnect', { server: 'alice', peer: 'bob' }],
      ]);
    });
  });

  describe('stats', () => {
    test('count by peer and by task, with histograms of what was answered', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob').on('message', (message) => message.reply(message.data));
      bob.handle('count', (message) => void message.reply({}, message.data === 'well'));
      await alice.send('bob', 'x'.repeat(10_000));
      await alice.send('bob', 'well', { task: 'count' });
      await alice.send('bob', 'badly', { task: 'count' }).catch(() => {});
      await alice.send('bob', Symbol('never'), { task: 'count' }).catch(() => {});
      const { peers, tasks } = alice.stats();
      expect(peers['bob']).toMatchObject({
        ...{ replied: 2, refused: 1, failed: 1, inFlight: 0, inboundInFlight: 0, bytesWaiting: 0 },
        latencyUs: { count: 3 },
      });
      expect(peers['bob']?.requestBytes.max).toBeGreaterThan(9_000);
      expect(peers['bob']?.bytesSent).toBeGreaterThan(9_000);
      // Bytes count as sent when the system says that they have left, which may be after the other side has read them.
      const unread = (): number =>
        (bob.stats().peers['alice']?.bytesSent ?? 0) - (alice.stats().peers['bob']?.bytesReceived ?? 0);
      await expect.poll(unread).toBe(0);
      expect(tasks).toMatchObject({ count: { replied: 1, refused: 1, failed: 1, replyBytes: { count: 2 } } });
      expect(Object.keys(tasks)).toStrictEqual(['count']);
    });

    test('show what is under way', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      const sent = alice.send('bob');
      const [message] = await once(bob, 'message');
      expect(alice.stats().peers['bob']?.inFlight).toBe(1);
      expect(bob.stats().peers['alice']?.inboundInFlight).toBe(1);
      message.reply();
      await sent;
    });

    test('forget a peer that is gone', async () => {
      const { alice, bob } = await network.createPair();
      await alice.send('bob');
      const left = once(alice, 'disconnect');
      await bob.close();
      await left;
      await expect(alice.send('nobody', {}, { timeout: 5 })).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      expect(alice.stats().peers).toStrictEqual({});
    });
  });
});
