import { describe, expect, test } from 'vitest';
import type { SidecarLife } from '../../../src/renderer/src/api.ts';
import { modeAfterKey, modes } from '../../../src/renderer/src/shell/modes.tsx';
import {
  ariaShortcut,
  type KeyPress,
  matchShortcut,
  shortcutLabel,
} from '../../../src/renderer/src/shell/shortcuts.ts';
import { describeSidecar, sidecarFacts } from '../../../src/renderer/src/shell/sidecar-text.ts';

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...held,
});

describe('matchShortcut', () => {
  test.each([
    ['o', 'choose-folder'],
    ['O', 'choose-folder'],
    ['Enter', 'run'],
    ['s', 'save-manifest'],
    ['1', 'show-checksum'],
    ['2', 'show-verify'],
    ['3', 'show-search'],
    ['4', 'show-thumbnails'],
    ['5', 'show-offload'],
    ['f', 'find'],
    ['x', undefined],
    ['Escape', undefined],
  ])('Control and %s is %s', (key, action) => {
    expect(matchShortcut(press(key, { ctrlKey: true }), 'linux')).toBe(action);
  });
  test('Escape alone cancels', () => expect(matchShortcut(press('Escape'), 'linux')).toBe('cancel'));
  test('a key alone is typing', () => expect(matchShortcut(press('o'), 'linux')).toBeUndefined());
  test('more modifiers make it something else', () => {
    expect(matchShortcut(press('o', { ctrlKey: true, shiftKey: true }), 'linux')).toBeUndefined();
    expect(matchShortcut(press('o', { ctrlKey: true, altKey: true }), 'linux')).toBeUndefined();
    expect(matchShortcut(press('o', { ctrlKey: true, metaKey: true }), 'linux')).toBeUndefined();
  });
  test('a Mac uses Command, not Control', () => {
    expect(matchShortcut(press('o', { metaKey: true }), 'darwin')).toBe('choose-folder');
    expect(matchShortcut(press('o', { ctrlKey: true }), 'darwin')).toBeUndefined();
  });
});

describe('shortcut names', () => {
  test('as people of the system write them', () => {
    expect(shortcutLabel('choose-folder', 'linux')).toBe('Ctrl+O');
    expect(shortcutLabel('choose-folder', 'darwin')).toBe('⌘O');
    expect(shortcutLabel('run', 'darwin')).toBe('⌘↩');
    expect(shortcutLabel('cancel', 'win32')).toBe('Esc');
  });
  test('as assistive technology reads them', () => {
    expect(ariaShortcut('run', 'win32')).toBe('Control+Enter');
    expect(ariaShortcut('run', 'darwin')).toBe('Meta+Enter');
    expect(ariaShortcut('cancel', 'linux')).toBe('Escape');
  });
});

describe('modeAfterKey', () => {
  const last = modes.at(-1) ?? 'checksum';

  test('the arrow keys go round', () => {
    expect(modeAfterKey('ArrowRight', 'checksum')).toBe('verify');
    expect(modeAfterKey('ArrowRight', last)).toBe('checksum');
    expect(modeAfterKey('ArrowLeft', 'checksum')).toBe(last);
    expect(modeAfterKey('ArrowLeft', 'search')).toBe('verify');
  });
  test('Home and End go to the ends, other keys nowhere', () => {
    expect(modeAfterKey('Home', 'search')).toBe('checksum');
    expect(modeAfterKey('End', 'checksum')).toBe(last);
    expect(modeAfterKey('Enter', 'checksum')).toBeUndefined();
  });
});

describe('the sidecar in words', () => {
  const sidecar = (state: SidecarLife) => ({ name: 'files', state, pid: 4211, restarts: 1 });

  test('every state has words and a colour', () => {
    const lives = [
      'starting',
      'spare',
      'ready',
      'unresponsive',
      'draining',
      'stopped',
      'crashed',
      'backoff',
      'failed',
    ] as const;
    expect(lives.map((life) => describeSidecar(sidecar(life)))).toEqual([
      { text: 'Sidecar starting', tone: 'busy' },
      { text: 'Sidecar in reserve', tone: 'good' },
      { text: 'Sidecar ready', tone: 'good' },
      { text: 'Sidecar not responding', tone: 'bad' },
      { text: 'Sidecar finishing', tone: 'busy' },
      { text: 'Sidecar stopped', tone: 'off' },
      { text: 'Sidecar crashed', tone: 'bad' },
      { text: 'Sidecar restarting', tone: 'busy' },
      { text: 'Sidecar failed, restart the app', tone: 'bad' },
    ]);
  });
  test('the facts are the process and its restarts', () => {
    expect(sidecarFacts(sidecar('ready'))).toBe('pid 4211 · 1 restart');
    expect(sidecarFacts({ name: 'files', state: 'starting', restarts: 0 })).toBe('');
  });
  test('when something is wrong, the fact is what it was', () => {
    const detail = 'crashed 3 times in 5 minutes';
    expect(sidecarFacts({ ...sidecar('failed'), detail })).toBe(detail);
    expect(sidecarFacts({ ...sidecar('ready'), detail })).toBe('pid 4211 · 1 restart');
  });
});
