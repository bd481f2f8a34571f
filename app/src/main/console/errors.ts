/** What a page is told that is not the console's, or not as it was built. */
export function foreignFrameError(channel: string): Error {
  return new Error(`${channel}: only the console's own page may ask for this.`);
}

export function wrongArgumentError(channel: string): TypeError {
  return new TypeError(`${channel}: its argument must be a text.`);
}

export function wrongRequestError(problem: string): TypeError {
  return new TypeError(`The playground's request can't be: ${problem}.`);
}

export function unknownOperationError(path: string): Error {
  return new Error(`${path}: this host has no operation of that name.`);
}

export function busyPlaygroundError(): Error {
  return new Error('A run goes on. Cancel it before you send again.');
}
