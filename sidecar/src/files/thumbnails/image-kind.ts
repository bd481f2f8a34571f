import { unreadKindError } from './errors.ts';

const READ = '.jpg .jpeg .jpe .jfif .png .apng .webp .gif .avif .tif .tiff';
const REFUSED = '.svg .svgz .heic .heif .bmp .ico .jxl .jp2 .psd .dng .cr2 .cr3 .nef .arw';

/** Ends of the names of files that are taken for images. Those of kinds that are not read are refused with a reason. */
export const IMAGE_ENDINGS: readonly string[] = `${READ} ${REFUSED}`.split(' ');

interface Kind {
  readonly matches: (head: Buffer) => boolean;
  /** What a file of this kind is called when it is refused; undefined where it is read. */
  readonly refused?: string;
}

const KINDS: readonly Kind[] = [
  { matches: startsWith('\xff\xd8\xff') },
  { matches: startsWith('\x89PNG\r\n\x1a\n') },
  { matches: startsWith('GIF8') },
  { matches: (head) => startsWith('RIFF')(head) && textAt(head, 8) === 'WEBP' },
  { matches: (head) => ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'].includes(textAt(head, 0)) },
  { matches: (head) => isMedia(head) && /avi[fs]/.test(textAt(head, 8, 24)) },
  // The codec of most HEIC files is patented, and no free build of the library has it.
  { matches: (head) => isMedia(head) && /hei[cxsm]|hev[cxsm]|mif1|msf1/.test(textAt(head, 8, 4)), refused: 'a HEIC' },
  // An SVG is a program as much as a picture: it may take any time and name other files. So none is drawn.
  { matches: isSvg, refused: 'an SVG, which may take any time and name other files' },
  { matches: startsWith('\x1f\x8b'), refused: 'a compressed file' },
  { matches: startsWith('BM'), refused: 'a BMP' },
  { matches: startsWith('\0\0\x01\0'), refused: 'an icon' },
  { matches: (head) => startsWith('\xff\x0a')(head) || textAt(head, 4) === 'JXL ', refused: 'a JPEG XL' },
  { matches: (head) => textAt(head, 4) === 'jP  ', refused: 'a JPEG 2000' },
  { matches: startsWith('8BPS'), refused: 'a Photoshop file' },
];

/**
 * Checks by its first bytes that a file is of a kind that is read, whatever its name says. Only such a file gets to the library,
 * so that none of its readers for other kinds ever runs.
 *
 * @throws FilesError `EKIND`
 */
export function checkKind(bytes: Buffer): void {
  const kind = KINDS.find(({ matches }) => matches(bytes));
  if (kind === undefined || kind.refused !== undefined) throw unreadKindError(kind?.refused);
}

function startsWith(text: string): (head: Buffer) => boolean {
  return (head) => textAt(head, 0, text.length) === text;
}

function textAt(head: Buffer, at: number, length = 4): string {
  return head.toString('latin1', at, at + length);
}

/** Whether it begins as files of the ISO base media format do. */
function isMedia(head: Buffer): boolean {
  return textAt(head, 4) === 'ftyp';
}

function isSvg(head: Buffer): boolean {
  return /^(?:\xef\xbb\xbf)?\s*<(?:\?xml|!--|!DOCTYPE\s+svg|svg)/i.test(textAt(head, 0, 256));
}
