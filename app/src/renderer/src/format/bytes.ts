const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'] as const;
const step = 1000;

/** Formats a size in decimal units with at most three digits: `0 B`, `1.2 kB`, `34.5 MB`, `678 GB`. */
export function formatBytes(bytes: number): string {
  let value = Math.max(0, bytes);
  let unit: (typeof units)[number] = 'B';
  for (const next of units.slice(1)) {
    if (Number(roundFor(value, unit)) < step) break;
    value /= step;
    unit = next;
  }
  return `${roundFor(value, unit)} ${unit}`;
}

/** Formats a speed: `412 MB/s`. */
export function formatThroughput(bytesPerSecond: number): string {
  return `${formatBytes(bytesPerSecond)}/s`;
}

function roundFor(value: number, unit: string): string {
  const digits = unit === 'B' || value >= 99.95 ? 0 : 1;
  return value.toFixed(digits);
}
