import { z } from 'zod';
import { type Contract, defineContract, type Schema, type Task, task } from '../contract/define.ts';

/** Whole numbers from `from` up to, but not including, `to`. */
export interface NumberRange {
  readonly from: number;
  readonly to: number;
}

const range: Schema<NumberRange> = z.object({ from: z.number().int().nonnegative(), to: z.number().int() });
const count: Schema<number> = z.number().int().nonnegative();

export type PrimesContract = Contract<'primes', { readonly count: Task<Schema<NumberRange>, Schema<number>> }>;

/** Heavy work without any input or output to speak of, which the app shows the use of sidecars with. */
export const primes: PrimesContract = defineContract('primes', {
  count: task({ input: range, output: count, idempotent: true }),
});

/** Counts the primes of a range, by trial division: slow on purpose. The main process and the sidecars run this same function. */
export function countPrimes({ from, to }: NumberRange): number {
  let found = 0;
  for (let candidate = Math.max(2, from); candidate < to; candidate++) if (isPrime(candidate)) found++;
  return found;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor++) if (candidate % divisor === 0) return false;
  return true;
}
