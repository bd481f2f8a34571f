import { expect, test } from 'vitest';

import { electronArguments } from '../../src/launch/electron-arguments.ts';

const user = { platform: 'linux', isRoot: false } as const;

test('on a desktop only the noise goes', () => {
  expect(electronArguments({ isVirtual: false, env: { DISPLAY: ':0' } }, user)).toEqual(['--log-level=3']);
});

test('root has no sandbox', () => {
  const args = electronArguments({ isVirtual: false, env: { DISPLAY: ':0' } }, { platform: 'linux', isRoot: true });
  expect(args).toContain('--no-sandbox');
});

test('on our own Xvfb there is no GPU', () => {
  const args = electronArguments({ isVirtual: true, env: { DISPLAY: ':42' } }, user);
  expect(args).toEqual(['--disable-gpu', '--ozone-platform=x11', '--log-level=3']);
});

test('without windows Electron uses neither a display nor a GPU, whatever there is', () => {
  const env = { WAYLAND_DISPLAY: 'wayland-0' };
  const args = electronArguments({ isVirtual: false, env }, { ...user, showsWindows: false });
  expect(args).toEqual(['--disable-gpu', '--ozone-platform=headless', '--log-level=3']);
});

test('where there is only Wayland, Wayland it is', () => {
  expect(electronArguments({ isVirtual: false, env: { WAYLAND_DISPLAY: 'wayland-0' } }, user)).toContain(
    '--ozone-platform=wayland',
  );
  expect(
    electronArguments({ isVirtual: false, env: { WAYLAND_DISPLAY: 'wayland-0', DISPLAY: ':0' } }, user),
  ).not.toContain('--ozone-platform=wayland');
});

test("who asks for Electron's log gets it", () => {
  expect(electronArguments({ isVirtual: false, env: { DISPLAY: ':0', ELECTRON_ENABLE_LOGGING: '1' } }, user)).toEqual(
    [],
  );
});
