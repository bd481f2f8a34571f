/** Formats a duration: `340 ms`, `3.4 s`, `42 s`, `3 min 12 s`, `1 h 4 min`. */
export function formatDuration(durationMs: number): string {
  if (durationMs < 1000) return `${Math.max(0, Math.round(durationMs))} ms`;
  const seconds = durationMs / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  return formatWholeSeconds(Math.round(seconds));
}

/** Formats the time since a start in whole seconds, rounded down: `0 s`, `42 s`, `3 min 12 s`. */
export function formatElapsed(elapsedMs: number): string {
  return formatWholeSeconds(Math.floor(Math.max(0, elapsedMs) / 1000));
}

/** Formats an estimate of the time left, rounded because it is only an estimate: `about 40 s left`. */
export function formatRemaining(remainingMs: number): string {
  const seconds = Math.ceil(remainingMs / 1000);
  if (seconds <= 1) return 'about 1 s left';
  if (seconds < 20) return `about ${seconds} s left`;
  if (seconds < 60) return `about ${Math.ceil(seconds / 5) * 5} s left`;
  return `about ${formatWholeMinutes(Math.round(seconds / 60))} left`;
}

function formatWholeSeconds(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  if (seconds >= 3600) return formatWholeMinutes(Math.round(seconds / 60));
  const rest = seconds % 60;
  return rest === 0 ? `${Math.floor(seconds / 60)} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}

function formatWholeMinutes(minutes: number): string {
  if (minutes < 60) return `${minutes} min`;
  const rest = minutes % 60;
  return rest === 0 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 60)} h ${rest} min`;
}
