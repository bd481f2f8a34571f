import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../src/link/message.ts';
import type { ServerOptions } from '../../src/link/options.ts';
import type { Server } from '../../src/link/server.ts';
import { isFilled } from '../support/code.ts';
import { Gate } from '../support/gate.ts';
import { overEachTransport, type Network } from '../support/network.ts';

interface Chain {
  readonly alice: Server;
  readonly middle: Server;
  readonly bob: Server;
  /** What came of handing on, of each message that alice has sent. */
  readonly outcomes: Promise<unknown>[];
}

/** Alice asks the one in the middle, who hands everything on to bob, and fails with what he rejects with. */
function createChain(
  network: Network,
  answer: (message: Message) => unknown,
  options: Partial<Record<'alice' | 'middle' | 'bob', ServerOptions>> = {},
): Chain {
  const alice = network.createServer('alice', options.alice);
  const middle = network.createServer('middle', options.middle);
  const bob = network.createServer('bob', options.bob).on('message', (message) => Object(answer(message)));
  const outcomes: Promise<unknown>[] = [];
  middle.on('message', (message) => {
    const forwarded = middle.forward('bob', message);
    outcomes.push(forwarded.catch((error: unknown) => error));
    return forwarded;
  });
  return { alice, middle, bob, outcomes };
}

async function collect(items: AsyncIterable<unknown>): Promise<unknown[]> {
  const list: unknown[] = [];
  for await (const item of items) list.push(item);
  return list;
}

/** As a rule both links speak the same codec, and nothing is decoded in between. */
const codecs: readonly (readonly [string, ServerOptions])[] = [
  ['the same codec', {}],
  ['two codecs', { codec: 'json' }],
];

overEachTransport((network) => {
  describe.each(codecs)('what is handed on between links of %s', (_name, alice) => {
    test('arrives as it was sent, in both directions', async () => {
      const { alice: sender } = createChain(network, (message) => message.reply({ echo: message.data }), { alice });
      const values = [null, -0, 'text', [1n, new Date(0)], new Map([[1, new Set([2])]]), Buffer.alloc(100_000, 7)];
      for (const value of values) {
        // oxlint-disable-next-line no-await-in-loop -- one by one
        expect((await sender.send('middle', value))['echo']).toStrictEqual(value);
      }
      const many = await Promise.all(values.map(async (value) => (await sender.send('middle', value))['echo']));
      expect(many).toStrictEqual(values);
    });

    test('brings its progress', async () => {
      const { alice: sender } = createChain(
        network,
        (message) => {
          for (const report of [1, { of: 2 }, new Map()]) message.progress(report);
          message.reply();
        },
        { alice },
      );
      const reports: unknown[] = [];
      await sender.send('middle', null, { onProgress: (report) => reports.push(report) });
      expect(reports).toStrictEqual([1, { of: 2 }, new Map()]);
    });

    test('may be a stream, of which no more is on its way than its reader has room for', async () => {
      let written = 0;
      const { alice: sender } = createChain(
        network,
        async (message) => {
          for (; written < 500; written++) await message.write(Buffer.alloc(10_000, written % 256));
          message.end();
        },
        { alice: { ...alice, streamWindow: 50_000 }, middle: { streamWindow: 50_000 } },
      );
      const items = sender.stream('middle');
      let read = 0;
      for await (const item of items) {
        expect(isFilled(item, 10_000, read % 256)).toBe(true);
        // A window on each of the two links, and what is being written.
        expect(written - read).toBeLessThan(20);
        read++;
      }
      expect(read).toBe(500);
    });
  });

  test('a failing answer is not handed on, and rejects as it would with send', async () => {
    const { alice, outcomes } = createChain(network, (message) => message.reply({ code: 'E1', message: 'no' }, false));
    await expect(alice.send('middle')).rejects.toMatchObject({ code: 'E1', message: 'no' });
    expect(await outcomes[0]).toMatchObject({ code: 'E1', isRefusal: false, message: 'no' });
    network.takeErrorCodes();
  });

  test('a peer that is lost rejects, and the message can still be answered', async () => {
    const { alice, middle, bob } = createChain(network, () => {});
    middle.removeAllListeners('message').on('message', async (message) => {
      const error: unknown = await middle.forward('bob', message).catch((reason: unknown) => reason);
      message.reply({ lost: Reflect.get(Object(error), 'code') });
    });
    bob.on('message', () => bob.destroy());
    expect((await alice.send('middle'))['lost']).toBe('ERR_LINK_PEER_LOST');
  });

  test('an answer that is too large for its sender is told as such', async () => {
    const { alice } = createChain(network, (message) => message.reply({ bytes: Buffer.alloc(100_000) }), {
      alice: { maxFrameBytes: 50_000 },
    });
    await expect(alice.send('middle')).rejects.toThrow(expect.objectContaining({ code: 'ERR_LINK_TOO_LARGE' }));
    network.takeErrorCodes();
  });

  describe.each<readonly [string, (chain: Chain, controller: AbortController) => void]>([
    ['is aborted', (_chain, controller) => controller.abort()],
    ['is lost with its sender', ({ alice }) => alice.destroy()],
  ])('a message that %s', (_name, give) => {
    test('aborts the handler', async () => {
      const begun = new Gate<AbortSignal>();
      const chain = createChain(network, (message) => begun.open(message.signal));
      const controller = new AbortController();
      const sent = chain.alice.send('middle', null, { signal: controller.signal }).catch((error: unknown) => error);
      const signal = await begun.opened;
      give(chain, controller);
      if (!signal.aborted) await once(signal, 'abort');
      await sent;
      expect(await chain.outcomes[0]).toMatchObject({ name: 'AbortError' });
      await chain.middle.close();
    });

    test('aborts a stream whose items wait for its reader', async () => {
      const begun = new Gate<AbortSignal>();
      const ended = new Gate();
      const chain = createChain(network, async (message) => {
        begun.open(message.signal);
        try {
          for (;;) await message.write(Buffer.alloc(10_000));
        } finally {
          ended.open();
        }
      });
      const controller = new AbortController();
      const items = chain.alice.stream('middle', null, { signal: controller.signal });
      await items.next();
      await begun.opened;
      give(chain, controller);
      await ended.opened;
      expect(await chain.outcomes[0]).toMatchObject({ name: 'AbortError' });
      await chain.middle.close();
    });
  });

  test('nothing is collected that nobody reads', async () => {
    const { alice, outcomes } = createChain(network, async (message) => {
      for (let item = 0; item < 10; item++) await message.write(item);
      message.end();
    });
    expect(await collect(alice.stream('middle'))).toStrictEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await outcomes[0]).toBeUndefined();
  });
});
