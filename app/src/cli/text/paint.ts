import type { WriteStream } from 'node:tty';

type Colour = 'bold' | 'dim' | 'red' | 'green' | 'yellow' | 'cyan';

/** Writes a text in colour, or as it is where there are to be none. */
export type Paint = (colour: Colour, text: string) => string;

/** The numbers that begin and end each (ECMA-48, "Select Graphic Rendition"). */
const codes: Readonly<Record<Colour, readonly [begin: number, end: number]>> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
};

/** Colours on a terminal only. Node heeds NO_COLOR (https://no-color.org), FORCE_COLOR, TERM and CI. */
export function paintFor(stream: Pick<WriteStream, 'isTTY' | 'hasColors'>): Paint {
  const isColoured = stream.isTTY && stream.hasColors();
  return (colour, text) => {
    const [begin, end] = codes[colour];
    return isColoured ? `\u001b[${begin}m${text}\u001b[${end}m` : text;
  };
}

/** An instance's state in the colour that says how it fares. */
export function paintState(paint: Paint, state: string): string {
  if (state === 'ready' || state === 'listening') return paint('green', state);
  if (state === 'failed' || state === 'crashed' || state === 'unresponsive') return paint('red', state);
  return paint(state === 'backoff' || state === 'starting' || state === 'draining' ? 'yellow' : 'dim', state);
}
