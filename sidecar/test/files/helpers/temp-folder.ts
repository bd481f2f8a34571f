import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';

/** A fresh folder that is removed with the test, with the given files in it; a path that ends in `/` is an empty folder. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>> = {}): string {
  const root = realpathSync(mkdtempSync(join(tmpdir(), 'ipc-link-files-')));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    if (path.endsWith('/')) mkdirSync(join(root, path), { recursive: true });
    else addFile(join(root, path), content);
  }
  return root;
}

function addFile(path: string, content: string | Uint8Array): void {
  if (/[\r\n\t*?<>|"]|\\$|\/ | $/m.test(path)) onlyUnix('names');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

export function makeLink(target: string, path: string): void {
  onlyUnix('links');
  symlinkSync(target, path);
}

/** A path below `root` whose last name is bytes, one character a byte. */
export function rawPath(root: string, name: string): Buffer {
  onlyUnix('names');
  return Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')]);
}
