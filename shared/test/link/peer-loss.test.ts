import { once } from 'node:events';
import { expect, test } from 'vitest';
import { startPeer } from '../support/child.ts';
import { code, isFilled } from '../support/code.ts';
import { overSockets } from '../support/network.ts';

overSockets((network) => {
  test('a killed peer rejects every call to it, streams included, and aborts what it had asked', async () => {
    const alice = network.createServer('alice', { maxRetries: 0 });
    const bob = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    await bob.take('ready');
    const calls = Array.from({ length: 100 }, (_, n) => alice.send('bob', { do: 'hang', n }));
    const outcomes = Promise.allSettled(calls);
    const items = alice.stream('bob', { do: 'endless', size: 1_000 });
    expect((await items.next()).done).toBe(false);
    for (let n = 0; n < 100; n++) await bob.take('message');
    bob.tell({ call: 'send', args: ['alice', 'question'] });
    const [question] = await once(alice, 'message');
    const left = once(alice, 'disconnect');
    bob.kill('SIGKILL');
    expect(await left).toMatchObject(['bob', { code: 'ERR_LINK_PEER_LOST' }]);
    for (const outcome of await outcomes) expect(outcome).toMatchObject({ reason: { code: 'ERR_LINK_PEER_LOST' } });
    expect(question.signal.aborted).toBe(true);
    expect(question.reply()).toBe(false);
    const rest = (async () => {
      for await (const item of items) expect(item).toBeInstanceOf(Buffer);
    })();
    await expect(rest).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
    expect(await network.nextErrorCodes()).toStrictEqual(['ERR_LINK_CONNECT']);
  });

  test('a peer that dies in the middle of a large message loses that message and nothing else', async () => {
    const alice = network.createServer('alice', { maxRetries: 0 }).on('message', (message) => message.reply());
    const bob = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    const carol = startPeer({ name: 'carol', socketRoot: network.socketRoot });
    await Promise.all([bob.take('ready'), carol.take('ready')]);
    await alice.connectTo('bob');
    const large = alice.send('bob', { do: 'echo', body: Buffer.alloc(60 * 1_048_576) });
    const outcome = expect(large).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
    bob.kill('SIGKILL');
    await outcome;
    expect(await alice.send('carol', 'fine')).toMatchObject({ echo: 'fine' });
    expect(await network.nextErrorCodes()).toStrictEqual(['ERR_LINK_CONNECT']);
  });

  test('a peer that exits by itself is lost too, and may leave with a goodbye', async () => {
    const alice = network.createServer('alice', { maxRetries: 0 });
    const rude = startPeer({ name: 'rude', socketRoot: network.socketRoot });
    await rude.take('ready');
    await expect(alice.send('rude', { do: 'exit' })).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
    const polite = startPeer({ name: 'polite', socketRoot: network.socketRoot });
    await polite.take('ready');
    await alice.connectTo('polite');
    const left = once(alice, 'disconnect');
    polite.tell({ call: 'close' });
    expect(await left).toStrictEqual(['polite']);
    await polite.take('done');
    expect(await network.nextErrorCodes()).toStrictEqual(['ERR_LINK_CONNECT']);
  });

  test('an abort, a timeout and a large stream cross processes', async () => {
    const alice = network.createServer('alice');
    const bob = startPeer({ name: 'bob', socketRoot: network.socketRoot });
    await bob.take('ready');
    const controller = new AbortController();
    const aborting = alice.send('bob', { do: 'hang', n: 1 }, { signal: controller.signal });
    await bob.take('message');
    controller.abort();
    await expect(aborting).rejects.toMatchObject({ name: 'AbortError' });
    expect(await bob.take('abort')).toMatchObject({ reason: 'AbortError', data: { n: 1 } });
    await expect(alice.send('bob', { do: 'hang', n: 2 }, { timeout: 50 })).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
    expect(await bob.take('abort')).toMatchObject({ data: { n: 2 } });
    let items = 0;
    for await (const item of alice.stream('bob', { do: 'stream', items: 2_000, size: 5_000 })) {
      expect(isFilled(item, 5_000, items++)).toBe(true);
    }
    expect(items).toBe(2_000);
  });
});
