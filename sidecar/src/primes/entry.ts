import { countPrimes, primes } from '#contracts/primes';
import { serve } from '../serve.ts';

await serve(primes, { count: (range) => countPrimes(range) });
