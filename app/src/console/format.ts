/** How long a call took: `0.08 ms`, `1.2 ms`, `340 ms`, `3.4 s`. */
export function formatLatency(ms: number): string {
  if (ms < 1) return `${ms.toFixed(2)} ms`;
  if (ms < 99.95) return `${ms.toFixed(1)} ms`;
  return ms < 999.5 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

/** A share of one processor: `7 %`, `183 %`. */
export function formatLoad(share: number): string {
  return `${Math.round(share * 100)} %`;
}

/** A rate for people, with no more digits than it is worth: `0`, `0.4`, `12`, `20,031`. */
export function formatRate(perSecond: number): string {
  if (perSecond > 0 && perSecond < 9.95) return perSecond.toFixed(1);
  return Math.round(perSecond).toLocaleString('en-US');
}
