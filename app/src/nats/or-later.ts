/** Waits for so many milliseconds at most; `Infinity` is without end. @returns `otherwise` when the time is over. */
export async function orLater<T>(promise: Promise<T>, ms: number, otherwise: T): Promise<T> {
  if (ms === Infinity) return promise;
  let timer: NodeJS.Timeout | undefined;
  const later = new Promise<T>((resolve) => (timer = setTimeout(() => resolve(otherwise), ms)));
  try {
    return await Promise.race([promise, later]);
  } finally {
    clearTimeout(timer);
  }
}
