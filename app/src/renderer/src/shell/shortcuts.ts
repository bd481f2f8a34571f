import { type Mode, modes } from './modes.tsx';

/** Actions that have a keyboard shortcut everywhere in the window. */
export type ShortcutAction = NamedAction | ShowAction;

type NamedAction = 'choose-folder' | 'run' | 'cancel' | 'save-manifest' | 'find';

/** Shows a view. */
type ShowAction = `show-${Mode}`;

/** The part of a `KeyboardEvent` that shortcuts are matched with. */
export interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** Keys that are pressed with the modifier. */
const withModifier: ReadonlyMap<string, ShortcutAction> = new Map<string, ShortcutAction>([
  ['o', 'choose-folder'],
  ['Enter', 'run'],
  ['s', 'save-manifest'],
  ['f', 'find'],
  ...modes.map((mode, place) => [String(place + 1), `show-${mode}`] as const),
]);

const keyNames: ReadonlyMap<ShortcutAction, string> = new Map(
  [...withModifier].map(([key, action]) => [action, key.length === 1 ? key.toUpperCase() : key]),
);

/** The view that an action shows; `undefined` for an action that does something else. */
export function modeShownBy(action: ShortcutAction): Mode | undefined {
  return modes.find((mode) => action === `show-${mode}`);
}

/** Whether a text from the menu names an action. */
export function isShortcutAction(name: string): name is ShortcutAction {
  return name === 'cancel' || [...keyNames.keys()].some((action) => action === name);
}

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
  const key = keyNames.get(action) ?? '';
  if (isMac(platform)) return `⌘${key === 'Enter' ? '↩' : key}`;
  return `Ctrl+${key}`;
}

/** The shortcut in the form of the `aria-keyshortcuts` attribute. */
export function ariaShortcut(action: ShortcutAction, platform: string): string {
  if (action === 'cancel') return 'Escape';
  return `${isMac(platform) ? 'Meta' : 'Control'}+${keyNames.get(action) ?? ''}`;
}

/** Whether the platform (as Node names it) is macOS. */
export function isMac(platform: string): boolean {
  return platform === 'darwin';
}
