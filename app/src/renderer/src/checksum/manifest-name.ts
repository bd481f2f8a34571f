import type { ChecksumAlgorithm } from '#contracts/files';
import { folderName } from '../format/path.ts';

/** The file name to suggest for a folder's manifest: `/home/ada/photos` gives `photos.sha256`. */
export function manifestName(root: string, algorithm: ChecksumAlgorithm): string {
  const name = folderName(root).replace(/[/\\:]/g, '');
  return `${name || 'manifest'}.${algorithm}`;
}
