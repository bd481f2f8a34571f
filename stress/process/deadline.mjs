/**
 * Waits for a promise, but not for ever: what never comes is a finding, not a run that hangs.
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
 * Asks again and again until the answer is yes.
 *
 * @param {() => boolean | Promise<boolean>} isSo
 * @param {number} ms How long to try.
 * @param {string} what
 */
export async function until(isSo, ms, what) {
  const deadline = performance.now() + ms;
  for (;;) {
    // oxlint-disable-next-line no-await-in-loop -- one look after the other is the point
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
