/** A path in two parts, so that a long one can be shortened in its folders first. */
export interface SplitPath {
  /** Everything up to the last separator, including it. Empty for a name alone. */
  readonly folders: string;
  readonly name: string;
}

/**
 * Splits a path at its last separator; a separator at the very end belongs to the name. Separators are slashes, in a
 * Windows path (which begins with a drive or two backslashes) backslashes too.
 */
export function splitPath(path: string): SplitPath {
  const trimmed = path.replace(isWindowsPath(path) ? /[/\\]+$/ : /\/+$/, '');
  const cut = Math.max(trimmed.lastIndexOf('/'), isWindowsPath(path) ? trimmed.lastIndexOf('\\') : -1);
  return { folders: path.slice(0, cut + 1), name: path.slice(cut + 1) };
}

/** The folder's own name: `/home/ada/src/` is `src`, `/` is `/`. */
export function folderName(path: string): string {
  const { name } = splitPath(path);
  return name.replace(isWindowsPath(path) ? /[/\\]+$/ : /\/+$/, '') || path;
}

/**
 * Makes a file name safe to show, so that it can't look like another: control characters become visible symbols (a newline is
 * `↵`), and characters that reverse the direction of writing become `�`.
 */
export function visibleName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- these characters are searched for
  return name.replace(/[\u0000-\u001f\u007f]/g, pictureOf).replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

function isWindowsPath(path: string): boolean {
  return /^(?:[A-Za-z]:|\\\\)/.test(path);
}

function pictureOf(control: string): string {
  if (control === '\n') return '↵';
  if (control === '\t') return '⇥';
  const code = control.charCodeAt(0);
  return code === 0x7f ? '\u2421' : String.fromCharCode(0x2400 + code);
}
