import { useState } from 'react';
import type { AppBridge } from '../api.ts';
import { isAbortError, toRunError } from '../run/run-error.ts';

export interface FolderOptions {
  readonly bridge: AppBridge;
  /** Whether a run is going on: its folder stays until it ends. */
  readonly busy: boolean;
  /** Called when another folder was chosen. */
  readonly onChange: () => void;
  /** Called with a sentence when there is something to say. */
  readonly onProblem: (text: string) => void;
}

export interface FolderChoice {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  /** Opens the dialog. */
  readonly choose: () => void;
  readonly drop: (files: readonly File[]) => void;
}

/** The folder to work on, by dialog or by drag and drop. */
export function useFolder({ bridge, busy, onChange, onProblem }: FolderOptions): FolderChoice {
  const [folder, setFolder] = useState<string | null>(null);

  const take = async (chosen: Promise<string | null>): Promise<void> => {
    try {
      const path = await chosen;
      if (path === null) return;
      setFolder(path);
      onChange();
    } catch (error) {
      if (!isAbortError(error)) onProblem(toRunError(error).message);
    }
  };

  const choose = (): void => {
    if (!busy) void take(bridge.chooseFolder());
  };

  const drop = (files: readonly File[]): void => {
    const [file] = files;
    if (busy) onProblem('A task is running. Cancel it first, then drop the folder again.');
    else if (files.length > 1) onProblem('Several things were dropped. Drop one folder at a time.');
    else if (file) void take(bridge.acceptDroppedFolder(file));
  };

  return { folder, choose, drop };
}
