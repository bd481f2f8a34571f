import { readdirSync, renameSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { removeStaleSocket } from '../../src/transport/stale-socket.ts';
import { startChild, startPeer } from '../support/child.ts';
import { onlyUnix } from '../support/left-out.ts';
import { overSockets } from '../support/network.ts';

const ROUNDS = 3;
const STARTERS = 4;

overSockets((network) => {
  beforeEach(() => onlyUnix('socketFiles'));

  async function listenAt(name: string): Promise<Server> {
    const server = createServer((socket) => socket.destroy()).listen(join(network.socketRoot, name));
    await once(server, 'listening');
    return server;
  }

  /** A socket file behind which nobody is. */
  async function leaveStale(name: string): Promise<void> {
    const server = await listenAt('moved');
    renameSync(join(network.socketRoot, 'moved'), join(network.socketRoot, name));
    server.close();
    await once(server, 'close');
  }

  describe('removing a stale socket', () => {
    test('frees the path, and leaves nothing behind', async () => {
      await leaveStale('stale');
      expect(await removeStaleSocket(join(network.socketRoot, 'stale'))).toBe(true);
      expect(readdirSync(network.socketRoot)).toStrictEqual([]);
    });

    test('leaves a live one where it is', async () => {
      const server = await listenAt('live');
      expect(await removeStaleSocket(join(network.socketRoot, 'live'))).toBe(false);
      expect(readdirSync(network.socketRoot)).toStrictEqual(['live']);
      server.close();
    });

    test('takes one refusal for no proof where a busy listener refuses too, as on macOS', async () => {
      await leaveStale('busy');
      const path = join(network.socketRoot, 'busy');
      const removing = removeStaleSocket(path, 'darwin');
      const server = await listenAt('free');
      renameSync(join(network.socketRoot, 'free'), path);
      expect(await removing).toBe(false);
      expect(readdirSync(network.socketRoot)).toStrictEqual(['busy']);
      server.close();
      await leaveStale('dead');
      expect(await removeStaleSocket(join(network.socketRoot, 'dead'), 'darwin')).toBe(true);
    });

    test('finds a path free that has become free meanwhile', async () => {
      expect(await removeStaleSocket(join(network.socketRoot, 'gone'))).toBe(true);
    });

    test('by several at once frees it for all of them', async () => {
      await leaveStale('stale');
      const path = join(network.socketRoot, 'stale');
      const outcomes = await Promise.all(Array.from({ length: 5 }, () => removeStaleSocket(path)));
      expect(outcomes).toStrictEqual([true, true, true, true, true]);
      expect(readdirSync(network.socketRoot)).toStrictEqual([]);
    });
  });

  test('of several processes that start at once on a stale socket exactly one wins', async () => {
    for (let round = 0; round < ROUNDS; round++) {
      const name = `contested-${round}`;
      const before = startPeer({ name, socketRoot: network.socketRoot });
      await before.take('ready');
      before.kill('SIGKILL');
      await before.exit();
      const starters = Array.from({ length: STARTERS }, () =>
        startChild('racer.mjs', { name, socketRoot: network.socketRoot }),
      );
      await Promise.all(starters.map((starter) => starter.take('set')));
      for (const starter of starters) starter.tell({});
      const outcomes = await Promise.all(starters.map((starter) => starter.take('outcome')));
      const winners = outcomes.filter(({ won }) => won);
      expect(outcomes.filter(({ won }) => !won)).toMatchObject(
        Array.from({ length: STARTERS - 1 }, () => ({ code: 'ERR_LINK_NAME_TAKEN' })),
      );
      const alice = network.createServer('alice');
      expect(await alice.send(name)).toMatchObject({ pid: winners[0]?.['pid'] });
      await alice.close();
      for (const starter of starters) starter.kill('SIGKILL');
      await Promise.all(starters.map((starter) => starter.exit()));
    }
  });
});
