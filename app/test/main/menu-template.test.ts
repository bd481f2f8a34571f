import { expect, test } from 'vitest';
import type { MenuAction } from '../../src/bridge/menu-actions.ts';
import { menuTemplate } from '../../src/main/window/menu-template.ts';
import { modes } from '../../src/renderer/src/shell/modes.tsx';
import { isShortcutAction, shortcutLabel } from '../../src/renderer/src/shell/shortcuts.ts';

type Template = ReturnType<typeof menuTemplate>;

test('a Mac has the menu with the name of the app, and others have quit and about in theirs', () => {
  const mac = make('darwin');
  expect(mac[0]).toEqual({ role: 'appMenu' });
  expect(rolesOf(mac)).toEqual(expect.arrayContaining(['close', 'editMenu', 'togglefullscreen', 'windowMenu']));
  expect(rolesOf(mac)).not.toContain('quit');
  for (const platform of ['linux', 'win32'] as const) {
    expect(rolesOf(make(platform))).toEqual(
      expect.arrayContaining(['quit', 'editMenu', 'windowMenu', 'help', 'about']),
    );
    expect(rolesOf(make(platform))).not.toContain('appMenu');
  }
});

test('only a developer can reload the page and see its tools', () => {
  expect(rolesOf(make('linux', true))).toEqual(expect.arrayContaining(['reload', 'toggleDevTools']));
  expect(rolesOf(make('linux', false)).filter((role) => /reload|dev/i.test(String(role)))).toEqual([]);
});

test("its items are the page's actions, with the page's shortcuts", () => {
  const performed: MenuAction[] = [];
  const items = itemsOf(make('linux', false, (action) => performed.push(action))).filter(({ id }) => id !== undefined);
  const actions = items.filter(({ id }) => id !== 'console');
  expect(actions.map(({ id }) => id)).toEqual(expect.arrayContaining(modes.map((mode) => `show-${mode}`)));
  for (const { id = '', accelerator, click, registerAccelerator } of actions) {
    if (!isShortcutAction(id)) throw new Error(`The page has no action ${id}.`);
    // Cancel is Escape, which may mean something else in another window.
    if (id !== 'cancel') expect(String(accelerator).replace('CmdOrCtrl', 'Ctrl')).toBe(shortcutLabel(id, 'linux'));
    expect(registerAccelerator).toBe(false);
    Reflect.apply(click ?? (() => {}), undefined, []);
    expect(performed.at(-1)).toBe(id);
  }
});

function make(
  platform: NodeJS.Platform,
  isDevelopment = false,
  perform: (action: MenuAction) => void = () => {},
): Template {
  return menuTemplate({ platform, isDevelopment, perform, openConsole: () => {} });
}

function itemsOf(template: Template): Template {
  return template.flatMap((item) => [item, ...(Array.isArray(item.submenu) ? itemsOf(item.submenu) : [])]);
}

function rolesOf(template: Template): unknown[] {
  return itemsOf(template).map(({ role }) => role);
}
