// The helper process. A host starts it, and it ends with the host, whatever ended that.
import { setImmediate } from 'node:timers/promises';
import { serve } from 'ipc-link/sidecar';
import { primes } from './contract.mjs';

await serve(primes, {
  async count({ below }, { signal, progress, log }) {
    let found = 0;
    for (let number = 2; number < below; number++) {
      if (isPrime(number)) found++;
      if (number % 10_000 === 0) {
        progress({ percent: Math.floor((100 * number) / below) });
        await setImmediate(); // lets a cancel come in
        signal.throwIfAborted();
      }
    }
    log.info('counted', { below, found });
    return found;
  },

  // Waits by itself whenever the reader is slower. A reader that leaves ends the loop.
  async *list({ below }) {
    for (let number = 2; number < below; number++) if (isPrime(number)) yield number;
  },
});

function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}
