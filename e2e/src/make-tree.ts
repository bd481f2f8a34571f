import { execFile } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Makes a tree with the kinds of files and names that are difficult for a manifest. @returns Its root. */
export async function makeTree(folder: string): Promise<string> {
  const root = join(folder, 'tree');
  await mkdir(join(root, 'deep', '.hidden folder'), { recursive: true });
  const texts: Record<string, string> = {
    'a.txt': 'Hello world\nsecond line with needle\n',
    'B.txt': 'upper case sorts first\n',
    '.hidden': 'hidden\n',
    empty: '',
    'line\nbreak.txt': 'needle in an odd name\n',
    'back\\slash.txt': 'backslash\n',
    'ünïcode ☃.txt': 'snow\n',
    'deep/.hidden folder/file.md': '# needle\n\nneedle needle\n',
  };
  for (const [name, text] of Object.entries(texts)) await writeFile(join(root, name), text);
  return root;
}

/** Makes a sparse file that takes no space on the disk and longer to read than any test runs. */
export async function makeBigFile(path: string): Promise<void> {
  await promisify(execFile)('truncate', ['-s', '500G', path]);
}

/** The output of `sha256sum` for the files of a tree, in byte order and without the leading `./`. */
export async function sha256sum(root: string): Promise<string> {
  const script = 'find . -type f -printf "%P\\0" | LC_ALL=C sort -z | xargs -0 sha256sum --';
  const { stdout } = await promisify(execFile)('bash', ['-c', script], { cwd: root, maxBuffer: 1e9 });
  return stdout;
}
