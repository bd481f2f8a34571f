/** A part of the screen, in the units of Electron's `getBounds`. */
export interface Area {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Where a window was when it was closed. */
export interface WindowPlace {
  /** Its place while it is not maximised. */
  readonly bounds: Area;
  readonly isMaximized: boolean;
}

/** How much of a window has to be on a display for its user to reach it. */
const REACHABLE = { width: 120, height: 40 };

/** Reads a place from JSON. @returns undefined for anything else */
export function parsePlace(text: string): WindowPlace | undefined {
  const value = parse(text);
  if (typeof value !== 'object' || value === null) return undefined;
  const { bounds, isMaximized }: { bounds?: unknown; isMaximized?: unknown } = value;
  return isArea(bounds) && typeof isMaximized === 'boolean' ? { bounds, isMaximized } : undefined;
}

/**
 * Fits a window into the displays that there are now.
 *
 * @param displays Their areas without bars and docks.
 * @returns Its place, or its size alone where its place is on no display any more
 */
export function fitPlace(bounds: Area, displays: readonly Area[]): Area | Pick<Area, 'width' | 'height'> {
  const display = displays.find((each) => showsTitle(bounds, each));
  const largest = display ?? displays[0] ?? bounds;
  const width = Math.min(bounds.width, largest.width);
  const height = Math.min(bounds.height, largest.height);
  return display === undefined ? { width, height } : { x: bounds.x, y: bounds.y, width, height };
}

/** Whether enough of the window's upper edge is on a display to take hold of it. */
function showsTitle({ x, y, width }: Area, display: Area): boolean {
  const shown = Math.min(x + width, display.x + display.width) - Math.max(x, display.x);
  return (
    shown >= Math.min(REACHABLE.width, width) && y >= display.y && y <= display.y + display.height - REACHABLE.height
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Cut off, or not written by this app.
    return undefined;
  }
}

function isArea(value: unknown): value is Area {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['x', 'y', 'width', 'height'].every((key) => Number.isInteger(Reflect.get(value, key)))
  );
}
