import { LinkError, MemoryTransport, ReplyError, Server } from 'ipc-link';
import { createClient, linkCaller } from 'ipc-link/contract';
import { expect, onTestFinished, test } from 'vitest';
import { forwardContract, passOn } from '../../src/main/forward-calls.ts';
import { work } from '../host/fixtures/contract.mjs';
import { startHost } from '../host/helpers.ts';

/** What a page's Server finds when its main process passes the error on. */
async function passedOn(error: unknown): Promise<unknown> {
  const transport = new MemoryTransport();
  const page = new Server('page', { transport, autoStart: false });
  const main = new Server('main', { transport }).handle('task', (message) => passOn(message, error));
  onTestFinished(() => [page, main].forEach((server) => server.destroy()));
  await main.whenReady();
  return page.send('main', {}, { task: 'task' }).catch((found: unknown) => found);
}

function reply(code: string, isRefusal: boolean): ReplyError {
  return new ReplyError('sidecar', { id: 'x', success: false, code, message: 'said' }, { isRefusal });
}

test.each([
  ["the host's own word", new LinkError('ERR_SIDECAR_CRASHED', 'said'), true],
  ["the word of a sidecar's link", reply('ERR_LINK_OVERLOADED', true), true],
  ["the word of a sidecar's link that it may not say", reply('ERR_SIDECAR_CRASHED', true), false],
  ["a handler's error with a code of the host", reply('ERR_SIDECAR_CRASHED', false), false],
  ["a handler's error", reply('ENOENT', false), false],
  ['anything else', new TypeError('said'), false],
])('%s is passed on as it was said', async (_name, error, isRefusal) => {
  expect(await passedOn(error)).toMatchObject({ isRefusal, message: 'said' });
});

test("a page's calls with one key go to the process of the pool that the key has in the main process too", async () => {
  const { host } = await startHost({ instances: 3 });
  const transport = new MemoryTransport();
  const page = new Server('page', { transport, autoStart: false });
  const main = new Server('main', { transport });
  onTestFinished(() => [page, main].forEach((server) => server.destroy()));
  await main.whenReady();
  forwardContract(main, host, { contract: work, operations: ['pid'], authorize: () => {} });
  const { pid } = createClient(work, linkCaller(page, 'main'));
  for (const key of ['a', 'b', 'c', 'd', 'e', 'f']) {
    const wanted = await host.client(work).pid(null, { key });
    const pids = await Promise.all(Array.from({ length: 6 }, () => pid(null, { key })));
    expect(new Set(pids)).toEqual(new Set([wanted]));
  }
});
