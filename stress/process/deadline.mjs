/**
 * Waits for a promise for a limited time, so that a promise that never settles becomes an error and does not block the run.
 *
 * @template Value
 * @param {Promise<Value>} promise
 * @param {number} ms
 * @param {string} what
 * @returns {Promise<Value>}
 */
export async function within(promise, ms, what) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${what} did not happen within ${ms} ms.`)), ms);
  });
  try {
    return await /** @type {Promise<Value>} */ (Promise.race([promise, late]));
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Calls a function repeatedly until it returns true.
 *
 * @param {() => boolean | Promise<boolean>} isSo
 * @param {number} ms How long to try.
 * @param {string} what
 */
export async function until(isSo, ms, what) {
  const deadline = performance.now() + ms;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- the calls have to follow each other
    if (await isSo()) return;
    if (performance.now() > deadline) throw new Error(`${what} was not so within ${ms} ms.`);
    // oxlint-disable-next-line no-await-in-loop -- as above
    await pause(20);
  }
}

/** @param {number} ms @returns {Promise<void>} */
export function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
