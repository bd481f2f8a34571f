import { expose, wrap } from 'comlink';
import { offer } from '../../windows/page/offer.mjs';
import { receivePorts } from '../../windows/page/receive-ports.mjs';

offer(receivePorts().then(([port, callbackPort]) => use(port, callbackPort)));

/** @param {MessagePort} port @param {MessagePort} callbackPort */
function use(port, callbackPort) {
  const api = wrap(port);
  port.start();
  /** @type {(item: unknown) => boolean} */
  let take = () => false;
  expose((item) => take(item), callbackPort);
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
