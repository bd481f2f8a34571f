import { once } from 'node:events';
import { describe, expect, test } from 'vitest';
import { Kind } from '../../src/envelope/frame.ts';
import { code } from '../support/code.ts';
import { overEachTransport } from '../support/network.ts';
import { RawPeer } from '../support/raw-peer.ts';

async function untilAborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

overEachTransport((network) => {
  describe('a send with a timeout', () => {
    test('rejects with ERR_LINK_TIMEOUT, naming peer and time', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').on('message', () => {});
      const sent = alice.send('bob', {}, { timeout: 20 });
      await expect(sent).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      await expect(sent).rejects.toThrow("send('bob'): 'bob' did not answer within 20 ms");
    });

    test('that has a task names it', async () => {
      const alice = network.createServer('alice');
      network.createServer('bob').handle('files.checksum', () => {});
      await expect(alice.send('bob', {}, { timeout: 20, task: 'files.checksum' })).rejects.toThrow(
        "task 'files.checksum': 'bob' did not answer within 20 ms",
      );
    });

    test('aborts the signal of the handler, because the deadline travels', async () => {
      const alice = network.createServer('alice');
      const bob = network.createServer('bob');
      await alice.connectTo('bob');
      const begun = once(bob, 'message');
      await expect(alice.send('bob', {}, { timeout: 50 })).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      const [message] = await begun;
      await untilAborted(message.signal);
      expect(['TimeoutError', 'AbortError']).toContain(message.signal.reason.name);
      expect(message.reply('too late')).toBe(false);
    });

    test('waits no longer for a connection either', async () => {
      const alice = network.createServer('alice');
      await expect(alice.send('nobody', {}, { timeout: 30 })).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
    });

    test('that is answered in time leaves nothing behind', async () => {
      const { alice, bob } = await network.createPair();
      const [[message]] = await Promise.all([once(bob, 'message'), alice.send('bob', 1, { timeout: 60_000 })]);
      expect(message.signal.aborted).toBe(false);
      expect(alice.getSocket('bob')?.inFlight).toBe(0);
    });

    test('takes the default of its Server, and Infinity waits for ever', async () => {
      const alice = network.createServer('alice', { timeout: 20 });
      const bob = network.createServer('bob').on('message', (message) => {
        if (message.data === 'answer me') message.reply();
      });
      await expect(alice.send('bob')).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      const patient = alice.send('bob', 'patient', { timeout: Infinity });
      await expect(alice.send('bob')).rejects.toEqual(code('ERR_LINK_TIMEOUT'));
      await alice.send('bob', 'answer me', { timeout: 20_000 });
      expect(alice.getSocket('bob')?.inFlight).toBe(1);
      bob.destroy();
      await expect(patient).rejects.toEqual(code('ERR_LINK_PEER_LOST'));
      network.takeErrorCodes();
    });

    test('may be infinite', async () => {
      const { alice } = await network.createPair();
      expect(await alice.send('bob', 1, { timeout: Number.POSITIVE_INFINITY })).toMatchObject({ echo: 1 });
    });

    test.each([undefined, Infinity, 0])('of %s is not sent along', async (timeout) => {
      const alice = network.createServer('alice');
      const peer = await RawPeer.letIn(network, 'raw', alice);
      const sent = alice.send('raw', 'patient', { timeout });
      expect(Object.keys(Object(await peer.takeValue(Kind.request)))).toStrictEqual(['id', 'data']);
      alice.destroy();
      await expect(sent).rejects.toEqual(code('ERR_LINK_CLOSED'));
    });

    test.each([-1, Number.NaN, '5', null])('of %s is refused', async (timeout) => {
      const { alice } = await network.createPair();
      const options: object = { timeout };
      await expect(alice.send('bob', 1, options)).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
    });
  });
});
