// The helper process. A host starts it, and it ends when the host ends, even if the host is killed.
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
        await setImmediate(); // lets a cancellation arrive
        signal.throwIfAborted();
      }
    }
    log.info('counted', { below, found });
    return found;
  },

  // The generator waits while the reader is slow, and is ended when the reader stops.
  async *list({ below }) {
    for (let number = 2; number < below; number++) if (isPrime(number)) yield number;
  },
});

function isPrime(number) {
  for (let divisor = 2; divisor * divisor <= number; divisor++) if (number % divisor === 0) return false;
  return true;
}
