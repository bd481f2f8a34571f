import { MessageChannelMain } from 'electron';
import { openPage } from '../../windows/open-page.mjs';
import { startHelper } from '../../windows/start-helper.mjs';

/**
 * comlink between page and utility process over a message port. Items come by a callback of the page, which is a proxy in the
 * utility process. Its port is handed over beforehand: Electron delivers no value that has a port in it, as comlink's own way
 * to transfer a proxy would have.
 *
 * @type {import('../../types.d.ts').PeerModule['connect']}
 */
export async function connect() {
  const helper = await startHelper(new URL('helper.mjs', import.meta.url));
  const page = await openPage('window-comlink', {
    preload: 'hand-over-port',
    onOpened(contents) {
      const api = new MessageChannelMain();
      const callback = new MessageChannelMain();
      helper.postMessage(null, [api.port1, callback.port1]);
      contents.postMessage('port', null, [api.port2, callback.port2]);
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
