import { offer } from '../../windows/page/offer.mjs';

offer(
  Promise.resolve({ echo: (value) => globalThis.invoke('echo', value), takeBytes: () => globalThis.invoke('bytes') }),
);
