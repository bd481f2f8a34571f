import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';

import { hasDisplay, startDisplay } from '../../../src/launch/system/display.ts';
import { fakeProgram } from '../support.ts';

const platform = 'linux';
const NO_DISPLAY = { DISPLAY: '', WAYLAND_DISPLAY: '' };

test.each([
  [{ DISPLAY: ':0' }, 'linux', true],
  [{ WAYLAND_DISPLAY: 'wayland-0' }, 'linux', true],
  [{}, 'linux', false],
  [{ DISPLAY: '' }, 'linux', false],
  [{}, 'darwin', true],
  [{}, 'win32', true],
] as const)('%j on %s: %s', (env, os, expected) => {
  expect(hasDisplay({ env, platform: os })).toBe(expected);
});

test('a display that is there is used as it is', async () => {
  const display = await startDisplay({ env: { DISPLAY: ':7', XAUTHORITY: '/x' }, platform });
  expect(display).toMatchObject({ isVirtual: false, env: { DISPLAY: ':7', XAUTHORITY: '/x' } });
});

test("an editor's ELECTRON_RUN_AS_NODE does not reach the app", async () => {
  const display = await startDisplay({ env: { DISPLAY: ':7', ELECTRON_RUN_AS_NODE: '1' }, platform });
  expect(display.env).toEqual({ DISPLAY: ':7' });
});

test('without one, an Xvfb starts on the number it picks, closed to other users and the network', async () => {
  const env = { ...(await fakeProgram('Xvfb', 'echo "$@" >&2; echo 42 >&3; exec sleep 60')), ...NO_DISPLAY };
  const display = await startDisplay({ env, platform });
  const authority = display.env['XAUTHORITY'] ?? '';
  expect(display).toMatchObject({ isVirtual: true, env: { DISPLAY: ':42' } });
  expect((await readFile(authority)).includes('MIT-MAGIC-COOKIE-1')).toBe(true);
  await display.close();
  expect(existsSync(authority)).toBe(false);
  await display.close();
});

test('an app without windows gets none', async () => {
  const env = { ...(await fakeProgram('Xvfb', 'echo "it was started" >&2; exit 1')), ...NO_DISPLAY };
  expect(await startDisplay({ env, platform, showsWindows: false })).toMatchObject({
    isVirtual: false,
    env: NO_DISPLAY,
  });
});

test('an Xvfb that fails tells why', async () => {
  const env = { ...(await fakeProgram('Xvfb', 'echo "(EE) cannot open the fonts" >&2; exit 1')), ...NO_DISPLAY };
  await expect(startDisplay({ env, platform })).rejects.toMatchObject({
    code: 'ERR_LAUNCH_DISPLAY',
    message: expect.stringContaining('(EE) cannot open the fonts'),
  });
});

test('the arguments leave no way in but the cookie', async () => {
  const env = { ...(await fakeProgram('Xvfb', 'echo "$@" >&2; exit 1')), ...NO_DISPLAY };
  await expect(startDisplay({ env, platform, screen: '640x480x24' })).rejects.toThrow(
    /-displayfd 3 -screen 0 640x480x24 -nolisten tcp -noreset -auth \S+\/Xauthority/,
  );
});
