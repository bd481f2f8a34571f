// Gives the page `window.sidecars.primes`, and nothing else of Electron or Node.
import { exposeSidecars } from '@ipc-link/app/preload';

exposeSidecars({ primes: ['count', 'list'] });
