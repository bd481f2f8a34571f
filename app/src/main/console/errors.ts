/** What a page is told that is not the console's, or not as it was built. */
export function foreignFrameError(channel: string): Error {
  return new Error(`${channel}: only the console's own page may ask for this.`);
}

export function wrongArgumentError(channel: string): TypeError {
  return new TypeError(`${channel}: its argument must be a text.`);
}
