/** The tasks that the window can show. */
export type Mode = 'checksum' | 'verify' | 'search';

export const modes: readonly Mode[] = ['checksum', 'verify', 'search'];

/** The mode that a key selects in the row of tabs; `undefined` for a key that selects none. */
export function modeAfterKey(key: string, current: Mode): Mode | undefined {
  const last = modes.length - 1;
  const at = modes.indexOf(current);
  if (key === 'ArrowRight') return modes[at === last ? 0 : at + 1];
  if (key === 'ArrowLeft') return modes[at === 0 ? last : at - 1];
  if (key === 'Home') return modes[0];
  if (key === 'End') return modes[last];
  return undefined;
}
