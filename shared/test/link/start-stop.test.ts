import { existsSync } from 'node:fs';
import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { code } from '../support/code.ts';
import { onlyUnix } from '../support/left-out.ts';
import { overEachTransport, overSockets } from '../support/network.ts';

overEachTransport((network) => {
  describe('whenReady', () => {
    test('resolves once the server listens', async () => {
      const bob = network.createServer('bob').on('message', (message) => message.reply());
      await bob.whenReady();
      await bob.whenReady();
      expect(await network.createServer('alice', { maxRetries: 0 }).send('bob')).toMatchObject({ success: true });
    });

    test('rejects with what made the start fail, however early it was asked', async () => {
      network.refusesSecondListener();
      await network.createServer('bob').whenReady();
      const second = network.createServer('bob');
      const early = second.whenReady();
      await expect(early).rejects.toEqual(code('ERR_LINK_NAME_TAKEN'));
      await expect(second.whenReady()).rejects.toEqual(code('ERR_LINK_NAME_TAKEN'));
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_NAME_TAKEN']);
    });

    test('waits for a start that is still to come', async () => {
      const bob = network.createServer('bob', { autoStart: false });
      const ready = bob.whenReady();
      await new Promise(setImmediate);
      bob.start();
      await ready;
    });

    test('rejects when the server is closed instead', async () => {
      const bob = network.createServer('bob', { autoStart: false });
      const ready = bob.whenReady();
      await bob.close();
      await expect(ready).rejects.toEqual(code('ERR_LINK_CLOSED'));
      await expect(bob.whenReady()).rejects.toEqual(code('ERR_LINK_CLOSED'));
    });
  });

  describe('start', () => {
    test('while it listens changes nothing', async () => {
      const bob = network.createServer('bob');
      const reasons: unknown[] = [];
      bob.on('start', (reason) => reasons.push(reason));
      bob.start('first').start('second');
      await bob.whenReady();
      bob.start('third');
      await new Promise(setImmediate);
      expect(reasons).toStrictEqual(['first']);
    });

    test('works after a start that failed', async () => {
      network.refusesSecondListener();
      const first = network.createServer('bob');
      await first.whenReady();
      const second = network.createServer('bob');
      await expect(second.whenReady()).rejects.toEqual(code('ERR_LINK_NAME_TAKEN'));
      await first.close();
      await second.start('again').whenReady();
      expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_NAME_TAKEN']);
    });

    test('after close throws ERR_LINK_CLOSED', async () => {
      const bob = network.createServer('bob');
      await bob.close();
      expect(() => bob.start()).toThrow(code('ERR_LINK_CLOSED'));
    });
  });

  describe('stop', () => {
    test('stops listening with its reason; connections live on', async () => {
      const { alice, bob } = await network.createPair();
      await alice.connectTo('bob');
      expect(bob.stop('for now')).toBe(bob);
      expect(await once(bob, 'stop')).toStrictEqual(['for now']);
      expect(await alice.send('bob', 'still here')).toMatchObject({ echo: 'still here' });
      const late = network.createServer('late', { maxRetries: 0 });
      await expect(late.send('bob')).rejects.toEqual(code('ERR_LINK_CONNECT'));
    });

    test('and start may follow each other at once, any number of times', async () => {
      const bob = network.createServer('bob').on('message', (message) => message.reply());
      for (let round = 0; round < 5; round++) bob.start().stop();
      bob.start('last');
      await bob.whenReady();
      expect(await network.createServer('alice').send('bob')).toMatchObject({ success: true });
    });

    test('before the first tick keeps it from starting by itself', async () => {
      const bob = network.createServer('bob').stop();
      await new Promise(setImmediate);
      const alice = network.createServer('alice', { maxRetries: 0 });
      await expect(alice.send('bob')).rejects.toEqual(code('ERR_LINK_CONNECT'));
      await bob.start().whenReady();
    });

    test('of a server that does not listen is silent', async () => {
      const bob = network.createServer('bob', { autoStart: false });
      bob.on('stop', () => {
        throw new Error('nothing stopped');
      });
      bob.stop();
      await new Promise(setImmediate);
    });
  });
});

overSockets((network) => {
  test("the socket is where node-ipc's options put it, and gone when stop is emitted", async () => {
    onlyUnix('socketFiles');
    const path = `${network.socketRoot}space.bob`;
    const bob = network.createServer('bob', { appspace: 'space.' });
    await bob.whenReady();
    expect(existsSync(path)).toBe(true);
    await once(bob.stop(), 'stop');
    expect(existsSync(path)).toBe(false);
  });

  test('the socket is gone when close resolves, even if the server was only just starting', async () => {
    onlyUnix('socketFiles');
    const bob = network.createServer('bob').start();
    await bob.close();
    expect(existsSync(`${network.socketRoot}app.bob`)).toBe(false);
  });

  test("a start that can't work says what to do", async () => {
    const bob = network.createServer('b'.repeat(255));
    await expect(bob.whenReady()).rejects.toThrow('Choose a shorter socketRoot or name.');
    expect(network.takeErrorCodes()).toStrictEqual(['ERR_LINK_PATH_TOO_LONG']);
  });
});
