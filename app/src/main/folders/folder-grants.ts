import { LinkError } from '@ipc-link/shared';

/** The folders that a window's user has chosen. A window can have nothing read that isn't in one of them. */
export class FolderGrants {
  readonly #folders = new Set<string>();

  grant(folder: string): string {
    this.#folders.add(folder);
    return folder;
  }

  /** @throws LinkError `ERR_FOLDER_NOT_CHOSEN` unless `input.root` is a folder that was chosen. */
  check(input: unknown): void {
    const root = typeof input === 'object' && input !== null && 'root' in input ? input.root : undefined;
    if (typeof root === 'string' && this.#folders.has(root)) return;
    throw new LinkError(
      'ERR_FOLDER_NOT_CHOSEN',
      `The folder ${JSON.stringify(root)} was not chosen in this app. Choose it first.`,
    );
  }
}
