import { expose, wrap } from 'comlink';
import { offer } from '../../windows/page/offer.mjs';
import { receivePorts } from '../../windows/page/receive-ports.mjs';

offer(receivePorts(2).then(([port, callbackPort]) => use(port, callbackPort)));

/** @param {MessagePort} port @param {MessagePort} callbackPort @returns {import('../../types.d.ts').PageSubject} */
function use(port, callbackPort) {
  /** @type {import('comlink').Remote<import('./helper.mjs').Api>} */
  const api = wrap(port);
  port.start();
  /** @type {(item: unknown) => boolean} */
  let take = () => false;
  expose((/** @type {unknown} */ item) => take(item), callbackPort);
  return {
    echo: (value) => api.echo(value),
    takeBytes: () => api.bytes(),
    async readItems(count, taker) {
      let isTaking = true;
      take = (item) => (isTaking &&= taker(item));
      await api.items(count);
    },
  };
}
