import { invoke } from '../../windows/page/invoke.mjs';
import { offer } from '../../windows/page/offer.mjs';

offer(Promise.resolve({ takeBytes: () => invoke('main-bytes') }));
