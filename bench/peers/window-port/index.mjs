import { MessageChannelMain } from 'electron';
import { openPage } from '../../windows/open-page.mjs';
import { startHelper } from '../../windows/start-helper.mjs';

/** A message port between page and utility process, with nothing on it: the yardstick. @type {import('../../types.d.ts').PeerModule['connect']} */
export async function connect() {
  const helper = await startHelper(new URL('helper.mjs', import.meta.url));
  const page = await openPage('window-port', {
    preload: 'hand-over-port',
    onOpened(contents) {
      const { port1, port2 } = new MessageChannelMain();
      helper.postMessage(null, [port1]);
      contents.postMessage('port', null, [port2]);
    },
  });
  return {
    page,
    echoPid: helper.pid,
    async close() {
      page.close();
      helper.kill();
    },
  };
}
