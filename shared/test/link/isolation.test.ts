import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Kind } from '../../src/envelope/frame.ts';
import type { Message } from '../../src/link/message.ts';
import type { Server } from '../../src/link/server.ts';
import { code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';
import { RawPeer } from '../support/raw-peer.ts';

/** Throws what a test can't throw by name. */
function raise(value: unknown): never {
  throw value;
}

overEachTransport((network) => {
  /** Bob goes on after whatever his listeners do. */
  async function expectAlive(alice: Server, bob: Server): Promise<void> {
    bob.removeAllListeners('message').on('message', (message) => message.reply({ alive: true }));
    expect(await alice.send('bob')).toMatchObject({ alive: true });
  }

  describe('a message listener', () => {
    test.each<readonly [string, (message: Message) => unknown]>([
      ['that throws', () => raise(Object.assign(new TypeError('broken'), { code: 'ERR_BROKEN' }))],
      ['that rejects', async () => raise(Object.assign(new TypeError('broken'), { code: 'ERR_BROKEN' }))],
    ])('%s fails the call with its error, and is reported', async (_name, listener) => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob').on('message', (message) => Object(listener(message)));
      await expect(alice.send('bob')).rejects.toMatchObject({
        name: 'TypeError',
        code: 'ERR_BROKEN',
        message: 'broken',
        success: false,
      });
      expect(network.errors).toMatchObject([{ message: "A handler of 'bob' failed: broken" }]);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDLER']);
      await expectAlive(alice, bob);
    });

    test('that throws after it has replied changes nothing for the sender', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', (message) => {
        message.reply('done');
        throw new Error('afterwards');
      });
      expect(await alice.send('bob')).toMatchObject({ data: 'done' });
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDLER']);
    });

    test('that throws does not keep the others from hearing', async () => {
      const alice = network.createServer('alice');
      const heard: string[] = [];
      network
        .createServer('bob')
        .on('message', () => raise(new Error('first')))
        .on('message', () => heard.push('second'));
      await expect(alice.send('bob')).rejects.toThrow('first');
      expect(heard).toStrictEqual(['second']);
      network.takeErrorCodes();
    });

    test('that stops because its caller has cancelled is no fault', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob').on('message', async ({ signal }) => {
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
        signal.throwIfAborted();
      });
      await alice.connectTo('bob');
      await expect(alice.send('bob', 1, { timeout: 20 })).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      await expectAlive(alice, bob);
      expect(network.errors).toStrictEqual([]);
    });

    test('may return any thenable', async () => {
      const alice = network.createServer('alice');
      const thenable = {
        // oxlint-disable-next-line unicorn/no-thenable -- What promise libraries return.
        then: (_resolve: unknown, reject: (error: Error) => void) => reject(new Error('later')),
      };
      network.createServer('bob').on('message', () => Object(thenable));
      await expect(alice.send('bob')).rejects.toThrow('later');
      network.takeErrorCodes();
    });
  });

  describe('a listener of another event', () => {
    test.each<readonly [string, () => unknown]>([
      ['that throws', () => raise(new Error('broken'))],
      ['that rejects', async () => raise(new Error('broken'))],
    ])('%s is reported, and the others hear the event', async (_name, listener) => {
      const heard: unknown[] = [];
      const alice = network
        .createServer('alice')
        .on('connect', () => Object(listener()))
        .on('connect', (name) => heard.push(name))
        .on('start', () => Object(listener()));
      network.createServer('bob').on('message', (message) => message.reply());
      await alice.send('bob');
      await new Promise(setImmediate);
      expect(heard).toStrictEqual(['bob']);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDLER', 'ERR_LINK_HANDLER']);
    });

    test('that throws a promise is reported, and so is what that rejects with', async () => {
      const alice = network.createServer('alice').on('connect', () => raise(Promise.reject(new Error('broken'))));
      network.createServer('bob').on('message', (message) => message.reply());
      await alice.send('bob');
      await new Promise(setImmediate);
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_HANDLER', 'ERR_LINK_HANDLER']);
    });

    test('may be added with once', async () => {
      const heard: unknown[] = [];
      const { alice } = await network.createPair();
      alice.once('connect', (name) => heard.push(name));
      const socket = await alice.connectTo('bob');
      await socket.close();
      await alice.connectTo('bob');
      expect(heard).toStrictEqual(['bob']);
    });
  });

  describe('an error that nobody listens for', () => {
    test('becomes a warning, and so does what an error listener throws', async () => {
      const alice = network.createServer('alice').removeAllListeners('error');
      const bob = network.createServer('bob').on('message', () => raise(new Error('broken')));
      bob.removeAllListeners('error').on('error', () => raise(new Error('in the error listener')));
      alice.on('connect', () => raise(new Error('in the connect listener')));
      const warnings: Error[] = [];
      const warn = (warning: Error): void => void warnings.push(warning);
      process.on('warning', warn);
      await expect(alice.send('bob')).rejects.toThrow('broken');
      while (warnings.length < 2) await new Promise(setImmediate);
      process.off('warning', warn);
      expect(warnings.map(({ message }) => message).toSorted()).toStrictEqual([
        "A handler of 'alice' failed: in the connect listener",
        'in the error listener',
      ]);
    });

    test('becomes one line of the warning, however a stranger has worded it', async () => {
      const bob = network.createServer('bob').removeAllListeners('error');
      await bob.whenReady();
      const warned = once(process, 'warning');
      const stranger = await RawPeer.connect(network, 'bob');
      const message = 'Bye.\n(node:1) Warning: forged\u001b[2J';
      stranger.sendJson(Kind.goodbye, { code: 'ERR_LINK_STRANGE', message });
      await stranger.closed();
      expect(await warned).toMatchObject([
        {
          name: 'LinkError',
          code: 'ERR_LINK_STRANGE',
          message: 'Bye.\\n(node:1) Warning: forged\\u001b[2J',
          cause: { code: 'ERR_LINK_STRANGE', message },
        },
      ]);
    });
  });
});
