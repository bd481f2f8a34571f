import { offer } from '../../windows/page/offer.mjs';

offer(Promise.resolve({ takeBytes: () => globalThis.invoke('main-bytes') }));
