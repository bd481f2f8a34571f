import { InvalidArgumentError } from 'commander';

/** Reads an option that is a number of milliseconds. @throws InvalidArgumentError, which Commander prints with the option's name. */
export function milliseconds(text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0)) throw new InvalidArgumentError('It must be a number of milliseconds.');
  return value;
}

/** Reads an option that is a whole number from 1 on. @throws InvalidArgumentError */
export function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isSafeInteger(value) || value < 1) throw new InvalidArgumentError('It must be a whole number from 1 on.');
  return value;
}
