import { expect, test } from 'vitest';
import { codecs } from '../../src/envelope/codecs.ts';
import { Kind } from '../../src/envelope/frame.ts';
import { toBytes } from '../support/bodies.ts';
import { code } from '../support/code.ts';
import { connected, overEachTransport } from '../support/network.ts';
import { RawPeer } from '../support/raw-peer.ts';

overEachTransport((network) => {
  test('bodies of any size under way at once keep their bytes, however many come after them', async () => {
    const { alice } = await network.createPair();
    const sizes = Array.from({ length: 300 }, (_, index) => (index % 7 === 0 ? 65_500 + index : index * index * 3));
    const bodies = sizes.map((size, index) => Buffer.alloc(size, `${index} `));
    const replies = await Promise.all(bodies.map((body) => alice.send('bob', body)));
    expect(replies.map(({ echo }, index) => bodies[index]?.equals(Buffer.from(Object(echo))))).toStrictEqual(
      bodies.map(() => true),
    );
  });

  test.each([1_000, 50_000, 3_000_000])(
    'a peer that is gone after %d bytes of a reply is lost to the call, with its code',
    async (count) => {
      const bob = network.createServer('bob');
      await bob.whenReady();
      const cut = await RawPeer.greet(network, 'bob');
      await connected(bob, 'raw');
      const lost = expect(bob.send('raw')).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
      const { correlation } = await cut.take(Kind.request);
      const reply = toBytes(codecs.msgpack.encode(Buffer.alloc(4_000_000, 'reply')), Kind.reply, correlation);
      cut.write(reply.subarray(0, count));
      cut.stream.end();
      await lost;
      expect(bob.hasSocket('raw')).toBe(false);
    },
  );
});
