/** PEM of one side. */
export interface Identity {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

export interface Authority {
  readonly cert: string;
  /** A certificate for 127.0.0.1 and localhost, unless other names are given, such as 'DNS:elsewhere'. */
  issue(name: string, options?: { readonly names?: string }): Identity;
}

/** Makes an authority whose files are in a folder that exists. */
export function createAuthority(folder: string): Authority;
