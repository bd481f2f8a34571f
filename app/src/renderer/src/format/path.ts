/** A path cut in two, so that a long one can lose its folders before it loses its name. */
export interface SplitPath {
  /** Everything up to and with the last separator; empty for a bare name. */
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

/** The name that people know a folder by: `/home/ada/src/` is `src`, `/` is `/`. */
export function folderName(path: string): string {
  const { name } = splitPath(path);
  return name.replace(isWindowsPath(path) ? /[/\\]+$/ : /\/+$/, '') || path;
}

/**
 * A file name made safe to read: control characters become their pictures (a newline is `↵`), characters that
 * reverse the reading direction become `�`, so that no name can pose as another.
 */
export function visibleName(name: string): string {
  // oxlint-disable-next-line no-control-regex -- these characters are what is looked for
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
