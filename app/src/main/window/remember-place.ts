import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { app, type BrowserWindow, screen } from 'electron';
import { printLine } from '../print-line.ts';
import { fitPlace, parsePlace, type WindowPlace } from './window-place.ts';

/** @returns Where the window was when it was last closed, if that is known. */
export function readPlace(): WindowPlace | undefined {
  try {
    return parsePlace(readFileSync(placeFile(), 'utf8'));
  } catch {
    // The first start has no file, and a window without one opens as usual.
    return undefined;
  }
}

/** Keeps the window's place for the next start. */
export function rememberPlace(window: BrowserWindow): void {
  window.on('close', () => {
    const place: WindowPlace = { bounds: window.getNormalBounds(), isMaximized: window.isMaximized() };
    try {
      writeFileSync(placeFile(), JSON.stringify(place));
    } catch (error) {
      printLine(`The window's place is not kept: ${String(error)}`);
    }
  });
}

/** Options that open a window where it was, if that is on a display. */
export function boundsOf(place: WindowPlace | undefined): ReturnType<typeof fitPlace> | undefined {
  if (place === undefined) return undefined;
  return fitPlace(
    place.bounds,
    screen.getAllDisplays().map(({ workArea }) => workArea),
  );
}

function placeFile(): string {
  return join(app.getPath('userData'), 'window.json');
}
