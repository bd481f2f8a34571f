/** Actions that have a keyboard shortcut everywhere in the window. */
export type ShortcutAction =
  'choose-folder' | 'run' | 'cancel' | 'save-manifest' | 'show-checksum' | 'show-verify' | 'show-search' | 'find';

/** The part of a `KeyboardEvent` that shortcuts are matched with. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

const withModifier: ReadonlyMap<string, ShortcutAction> = new Map([
  ['o', 'choose-folder'],
  ['Enter', 'run'],
  ['s', 'save-manifest'],
  ['1', 'show-checksum'],
  ['2', 'show-verify'],
  ['3', 'show-search'],
  ['f', 'find'],
]);

const keyNames: Readonly<Record<ShortcutAction, string>> = {
  'choose-folder': 'O',
  run: 'Enter',
  cancel: 'Escape',
  'save-manifest': 'S',
  'show-checksum': '1',
  'show-verify': '2',
  'show-search': '3',
  find: 'F',
};

/** The action of a key press. The modifier is Command on a Mac and Control elsewhere. */
export function matchShortcut(press: KeyPress, platform: string): ShortcutAction | undefined {
  if (press.altKey || press.shiftKey) return undefined;
  const modifier = isMac(platform) ? press.metaKey : press.ctrlKey;
  const otherModifier = isMac(platform) ? press.ctrlKey : press.metaKey;
  if (otherModifier) return undefined;
  if (!modifier) return press.key === 'Escape' ? 'cancel' : undefined;
  return withModifier.get(press.key.length === 1 ? press.key.toLowerCase() : press.key);
}

/** The shortcut as it is written on that system: `Ctrl+O`, `⌘O`, `Esc`. */
export function shortcutLabel(action: ShortcutAction, platform: string): string {
  if (action === 'cancel') return 'Esc';
  const key = keyNames[action];
  if (isMac(platform)) return `⌘${key === 'Enter' ? '↩' : key}`;
  return `Ctrl+${key}`;
}

/** The shortcut in the form of the `aria-keyshortcuts` attribute. */
export function ariaShortcut(action: ShortcutAction, platform: string): string {
  if (action === 'cancel') return 'Escape';
  return `${isMac(platform) ? 'Meta' : 'Control'}+${keyNames[action]}`;
}

/** Whether the platform (as Node names it) is macOS. */
export function isMac(platform: string): boolean {
  return platform === 'darwin';
}
