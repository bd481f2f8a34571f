import { printable } from 'ipc-link';
import type { ChecksumProgress } from '#contracts/files';

/** One line on stderr that each update overwrites. Writes nothing where stderr is not a terminal. */
export class ProgressLine {
  readonly #stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'>;
  #isShown = false;

  constructor(stream: Pick<NodeJS.WriteStream, 'isTTY' | 'columns' | 'write'> = process.stderr) {
    this.#stream = stream;
  }

  /** Control characters, which names of files may contain, are escaped before they reach the terminal. */
  show(text: string): void {
    if (!this.#stream.isTTY) return;
    const width = Math.max(20, (this.#stream.columns || 80) - 1);
    const line = printable(text);
    this.#stream.write(`\r\u001b[K${line.length > width ? `${line.slice(0, width - 1)}…` : line}`);
    this.#isShown = true;
  }

  clear(): void {
    if (this.#isShown) this.#stream.write('\r\u001b[K');
    this.#isShown = false;
  }
}

export function describeProgress({ filesDone, bytesDone, filesTotal, bytesTotal, path }: ChecksumProgress): string {
  const percent =
    bytesTotal === undefined || bytesTotal === 0 ? '' : `${Math.floor((bytesDone / bytesTotal) * 100)} %  `;
  const files =
    filesTotal === undefined ? `${count(filesDone)} files` : `${count(filesDone)} of ${count(filesTotal)} files`;
  return `${percent}${files}, ${formatBytes(bytesDone)}  ${path}`;
}

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

export function formatBytes(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const power = bytes < 1_024 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(bytes) / 10));
  return `${(bytes / 1_024 ** power).toFixed(power === 0 ? 0 : 1)} ${units[power]}`;
}
