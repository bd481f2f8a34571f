/** Resolves after the browser has had a chance to paint and to handle input. */
export function yieldToWindow(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}
