const grouped = new Intl.NumberFormat('en-US');

/** Formats a whole number with separated thousands: `20,031`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** Formats a number with its noun: `1 file`, `20,031 files`. `plural` is for nouns whose plural is not formed with an s. */
export function formatCounted(count: number, noun: string, plural: string = `${noun}s`): string {
  return `${formatCount(count)} ${count === 1 ? noun : plural}`;
}
