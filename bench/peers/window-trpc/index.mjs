import { createRequire } from 'node:module';
import { initTRPC } from '@trpc/server';
import { observable } from '@trpc/server/observable';
import { Messages } from '../../windows/messages.mjs';
import { openPage } from '../../windows/open-page.mjs';
import { startHelper } from '../../windows/start-helper.mjs';

// As a module it can't be imported in main: it asks for what Electron has in pages only.
const { createIPCHandler } = createRequire(import.meta.url)('electron-trpc/main');

/** electron-trpc, whose procedures in main ask a utility process. @type {import('../../types.d.ts').PeerModule['connect']} */
export async function connect() {
  const helper = await startHelper(new URL('../../windows/messages-helper.mjs', import.meta.url));
  const messages = new Messages(helper);
  createIPCHandler({ router: createRouter(messages), windows: [] });
  const page = await openPage('window-trpc', { preload: 'trpc' });
  return {
    page,
    echoPid: helper.pid,
    async close() {
      page.close();
      helper.kill();
    },
  };
}

/** @param {Messages} messages */
export function createRouter(messages) {
  const { procedure, router } = initTRPC.create({ isServer: true });
  return router({
    echo: procedure.input((value) => value).query(({ input }) => messages.ask('echo', input)),
    bytes: procedure.query(() => messages.ask('bytes')),
    items: procedure
      .input(Number)
      .subscription(({ input }) => observable(({ next, complete }) => messages.stream(input, { next, complete }))),
  });
}
