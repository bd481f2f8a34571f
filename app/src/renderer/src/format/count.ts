const grouped = new Intl.NumberFormat('en-US');

/** A whole number with its thousands set apart: `20,031`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A counted noun: `1 file`, `20,031 files`. `plural` is for nouns that don't just take an s. */
export function formatCounted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
