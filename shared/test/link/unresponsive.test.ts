import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startPeer } from '../support/child.ts';
import { code } from '../support/code.ts';
import { freeze, thaw } from '../support/levers.ts';
import { overSockets } from '../support/network.ts';

overSockets((network) => {
  test('a process that was stopped is reported as unresponsive, and as responsive when it goes on', async () => {
    const alice = network.createServer('alice', { heartbeat: 100, heartbeatTimeout: Infinity });
    const bob = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    await bob.take('ready');
    await alice.send('bob', 'hello');
    const silent = once(alice, 'unresponsive');
    await freeze(bob.process.pid);
    expect(await silent).toStrictEqual(['bob', expect.toSatisfy((ms: number) => ms >= 2 * 100)]);
    expect(alice.hasSocket('bob')).toBe(true);
    const sent = alice.send('bob', 'while you were out');
    const back = once(alice, 'responsive');
    thaw(bob.process.pid);
    expect(await back).toStrictEqual(['bob']);
    expect(await sent).toMatchObject({ echo: 'while you were out' });
  });

  test('a process that stays silent is given up, and its calls with it', async () => {
    const alice = network.createServer('alice', { heartbeat: 100, heartbeatTimeout: 600, maxRetries: 0 });
    const bob = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    await bob.take('ready');
    await alice.send('bob', 'hello');
    await freeze(bob.process.pid);
    const sent = alice.send('bob', 'anybody there?');
    await expect(sent).rejects.toMatchObject({
      code: 'ERR_LINK_PEER_LOST',
      cause: { code: 'ERR_LINK_UNRESPONSIVE' },
    });
    // The kernel still takes connections for it, so that only the handshake fails.
    alice.destroy();
    network.takeErrorCodes();
  });

  test('a process that is not there to say goodbye to does not hold up close', async () => {
    const alice = network.createServer('alice');
    const bob = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    await bob.take('ready');
    await alice.send('bob', 'hello');
    await freeze(bob.process.pid);
    await alice.close({ drain: 0 });
    await expect(alice.send('bob')).rejects.toEqual(code('ERR_LINK_CLOSED'));
  });
});
