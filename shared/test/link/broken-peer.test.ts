import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Flag, Kind } from '../../src/envelope/frame.ts';
import { code } from '../support/code.ts';
import { connected, overEachTransport } from '../support/network.ts';
import { createIdentity, RawPeer } from '../support/raw-peer.ts';

overEachTransport((network) => {
  describe('a peer that breaks the protocol is told so and dropped, and others are served on', () => {
    test.each<readonly [string, (peer: RawPeer) => void]>([
      ['by a frame of an unknown kind', (peer) => peer.write(Buffer.from([0, 0, 0, 2, 99, 0]))],
      ['by a frame without a body', (peer) => peer.write(Buffer.from([0, 0, 0, 1, 3]))],
      ['by a second hello', (peer) => peer.sendJson(Kind.hello, {})],
      ['by a body that is no MessagePack', (peer) => peer.sendSmall(Kind.request, 1, Buffer.from([0xc1]))],
      ['by a request that is no object', (peer) => peer.send(Kind.request, 1, 'text')],
      ['by a request without an id', (peer) => peer.send(Kind.request, 1, { data: 1 })],
      ['by a request whose id is an object', (peer) => peer.send(Kind.request, 1, { id: {}, data: 1 })],
      ['by a request whose task is a number', (peer) => peer.send(Kind.request, 1, { id: 'x', task: 5 })],
      ['by a request whose key is a number', (peer) => peer.send(Kind.request, 1, { id: 'x', key: 5 })],
      ['by a request whose key is too long', (peer) => peer.send(Kind.request, 1, { id: 'x', key: 'x'.repeat(4_097) })],
      ['by a request whose traceparent is a list', (peer) => peer.send(Kind.request, 1, { id: 'x', traceparent: [] })],
      [
        'by a request whose number is in use',
        (peer) => {
          peer.send(Kind.request, 1, { id: 'x', data: 'hang' });
          peer.send(Kind.request, 1, { id: 'y', data: 'hang' });
        },
      ],
      [
        'by credit that is no number',
        (peer) => {
          peer.send(Kind.request, 1, { id: 'x', data: 'hang' }, { flags: Flag.stream });
          peer.sendSmall(Kind.credit, 1, Buffer.alloc(3));
        },
      ],
      ['by a goodbye that is no JSON', (peer) => peer.write(Buffer.from([0, 0, 0, 3, Kind.goodbye, 0, 0x7b]))],
      ['by a frame over maxFrameBytes', (peer) => peer.write(Buffer.from([0x7f, 0xff, 0xff, 0xff]))],
    ])('%s', async (_name, misbehave) => {
      const { alice, bob } = await network.createPair();
      bob.removeAllListeners('message').on('message', (message) => {
        if (message.data !== 'hang') message.reply({ echo: message.data });
      });
      const broken = await RawPeer.greet(network, 'bob');
      await connected(bob, 'raw');
      const gone = once(bob, 'disconnect');
      misbehave(broken);
      expect(await broken.takeGoodbye()).toBe('ERR_LINK_PROTOCOL');
      await broken.closed();
      expect(await gone).toMatchObject(['raw', { code: 'ERR_LINK_PROTOCOL' }]);
      expect(await alice.send('bob', 'fine')).toMatchObject({ echo: 'fine' });
    });

    test('by a stream that goes on without credit', async () => {
      const bob = network.createServer('bob', { streamWindow: 100 });
      await bob.whenReady();
      const broken = await RawPeer.greet(network, 'bob');
      await connected(bob, 'raw');
      const items = bob.stream('raw');
      const { correlation } = await broken.take(Kind.request);
      for (let n = 0; n < 3; n++) broken.send(Kind.chunk, correlation, Buffer.alloc(200));
      expect(await broken.takeGoodbye()).toBe('ERR_LINK_PROTOCOL');
      await items.next();
      await expect(items.next()).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
    });

    test('by a reply that does not decode, and the call is lost with it', async () => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      const broken = await RawPeer.greet(network, 'bob');
      await connected(bob, 'raw');
      const sent = bob.send('raw');
      const outcome = expect(sent).rejects.toMatchObject({
        code: 'ERR_LINK_PEER_LOST',
        cause: { code: 'ERR_LINK_PROTOCOL' },
      });
      const { correlation } = await broken.take(Kind.request);
      broken.sendSmall(Kind.reply, correlation, Buffer.from([0xc1]));
      await outcome;
      expect(await broken.takeGoodbye()).toBe('ERR_LINK_PROTOCOL');
    });

    test('by a frame that it does not complete in time', async () => {
      const { alice, bob } = await network.createPair({ frameTimeout: 50 });
      const broken = await RawPeer.greet(network, 'bob');
      await connected(bob, 'raw');
      broken.write(Buffer.from([0, 0, 1, 0, Kind.request]));
      expect(await broken.takeGoodbye()).toBe('ERR_LINK_PROTOCOL');
      await broken.closed();
      expect(await alice.send('bob', 'fine')).toMatchObject({ echo: 'fine' });
    });
  });

  describe('what no longer matters is ignored', () => {
    test('answers, progress, items, credit and cancels of unknown numbers', async () => {
      const bob = network.createServer('bob').on('message', (message) => message.reply({ echo: message.data }));
      await bob.whenReady();
      const peer = await RawPeer.greet(network, 'bob');
      peer.send(Kind.reply, 77, { unknown: true });
      peer.send(Kind.end, 77, undefined);
      peer.send(Kind.progress, 77, 1);
      peer.send(Kind.chunk, 77, 1);
      peer.sendSmall(Kind.credit, 77, Buffer.from([0, 0, 0, 1]));
      peer.sendSmall(Kind.cancel, 77);
      peer.sendSmall(Kind.pong, 77);
      peer.send(Kind.request, 1, { id: 'x', data: 'after all that' });
      expect(await peer.takeValue(Kind.reply)).toStrictEqual({ echo: 'after all that' });
      peer.stream.destroy();
    });

    test('a ping is answered with its number', async () => {
      await network.createServer('bob').whenReady();
      const peer = await RawPeer.greet(network, 'bob');
      peer.sendSmall(Kind.ping, 42);
      expect((await peer.take(Kind.pong)).correlation).toBe(42);
      peer.stream.destroy();
    });

    test('a request whose timeout is no time has none', async () => {
      const bob = network.createServer('bob').on('message', (message) => message.reply());
      await bob.whenReady();
      const peer = await RawPeer.greet(network, 'bob');
      for (const [index, timeout] of [Number.NaN, -5, 'soon', null, Number.POSITIVE_INFINITY].entries()) {
        peer.send(Kind.request, index + 1, { id: `${index}`, data: 1, timeout });
        expect((await peer.take(Kind.reply)).correlation).toBe(index + 1);
      }
      peer.stream.destroy();
    });
  });

  describe('a peer that takes next to nothing', () => {
    test('gets what fits, and harms nobody', async () => {
      const { alice, bob } = await network.createPair();
      bob.removeAllListeners('message').on('message', async (message) => {
        if (message.data === 'reject') throw new Error('as asked');
        message.reply({ echo: message.data });
      });
      const tiny = await RawPeer.greet(network, 'bob', createIdentity('tiny', { maxFrameBytes: 1 }));
      await connected(bob, 'tiny');
      tiny.send(Kind.request, 1, { id: 'x', data: 'hello' });
      tiny.send(Kind.request, 2, { id: 'y', data: 'reject' });
      await expect(bob.send('tiny', 'hello')).rejects.toEqual(code('ERR_LINK_TOO_LARGE'));
      expect(await alice.send('bob', 'fine')).toMatchObject({ echo: 'fine' });
      await bob.close({ drain: 0 });
      expect(network.takeErrorCodes().every((found) => found === 'ERR_LINK_HANDLER')).toBe(true);
    });
  });
});
