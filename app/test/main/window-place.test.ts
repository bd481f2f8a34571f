import { expect, test } from 'vitest';
import { fitPlace, parsePlace } from '../../src/main/window/window-place.ts';

const display = { x: 0, y: 25, width: 1_920, height: 1_055 };
const second = { x: 1_920, y: 0, width: 1_280, height: 1_024 };

test('a window opens where it was, on whichever display that is', () => {
  const bounds = { x: 2_000, y: 100, width: 900, height: 600 };
  expect(fitPlace(bounds, [display, second])).toEqual(bounds);
});

test.each([
  ['whose display is gone', { x: 2_000, y: 100, width: 900, height: 600 }],
  ['of which a sliver is left', { x: 1_870, y: 100, width: 900, height: 600 }],
  ['whose title is above the display', { x: 100, y: -200, width: 900, height: 600 }],
  ['whose title is below the display', { x: 100, y: 1_075, width: 900, height: 600 }],
])('a window %s keeps its size only', (_name, bounds) => {
  expect(fitPlace(bounds, [display])).toEqual({ width: 900, height: 600 });
});

test('a window is not larger than its display', () => {
  expect(fitPlace({ x: 0, y: 25, width: 3_000, height: 2_000 }, [display])).toEqual(display);
  expect(fitPlace({ x: -5_000, y: 0, width: 3_000, height: 600 }, [display])).toEqual({ width: 1_920, height: 600 });
});

test('only what the app has written is read', () => {
  const place = { bounds: { x: -10, y: 0, width: 900, height: 600 }, isMaximized: true };
  expect(parsePlace(JSON.stringify(place))).toEqual(place);
  const others = ['', '{', 'null', '7', '{"bounds":{"x":1,"y":2,"width":"3","height":4},"isMaximized":true}'];
  expect(others.map(parsePlace)).toEqual(others.map(() => undefined));
});
