import type { ReactElement } from 'react';
import { ChecksumIcon, ImageIcon, OffloadIcon, SearchIcon, VerifyIcon } from './icons.tsx';

/** What the window can show, one line for each tab, from left to right. */
const tabs = {
  checksum: { label: 'Checksum', Icon: ChecksumIcon },
  verify: { label: 'Verify', Icon: VerifyIcon },
  search: { label: 'Search', Icon: SearchIcon },
  thumbnails: { label: 'Thumbnails', Icon: ImageIcon },
  offload: { label: 'Offload', Icon: OffloadIcon },
} as const satisfies Readonly<Record<string, Tab>>;

/** A tab. Its shortcut is the modifier and the number of its place. */
export interface Tab {
  readonly label: string;
  readonly Icon: () => ReactElement;
}

/** The views of the window. */
export type Mode = keyof typeof tabs;

/** The views in the order of their tabs. */
export const modes: readonly Mode[] = Object.keys(tabs).filter(isMode);

/** How a view's tab looks. */
export function tabOf(mode: Mode): Tab {
  return tabs[mode];
}

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

function isMode(name: string): name is Mode {
  return Object.hasOwn(tabs, name);
}
