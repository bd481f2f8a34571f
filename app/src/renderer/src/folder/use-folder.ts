import { useState } from 'react';
import type { AppBridge } from '../api.ts';
import { isAbortError, toRunError } from '../run/run-error.ts';

export interface FolderOptions {
  readonly bridge: AppBridge;
  /** Whether a task is running, during which the folder can't be changed. */
  readonly busy: boolean;
  /** Called when another folder was chosen. */
  readonly onChange: () => void;
  /** Called with a file that was dropped. */
  readonly onManifest: (path: string) => void;
  /** Called with a message for the user. */
  readonly onProblem: (text: string) => void;
}

export interface FolderChoice {
  /** Absolute path; `null` before one is chosen. */
  readonly folder: string | null;
  /** Opens the dialog. */
  readonly choose: () => void;
  readonly drop: (files: readonly File[]) => void;
}

type Dropped = Awaited<ReturnType<AppBridge['acceptDropped']>>;

/** The folder to work on, by dialog or by drag and drop. */
export function useFolder({ bridge, busy, onChange, onManifest, onProblem }: FolderOptions): FolderChoice {
  const [folder, setFolder] = useState<string | null>(null);

  const take = async (chosen: Promise<Dropped | null>): Promise<void> => {
    try {
      const dropped = await chosen;
      if (dropped === null) return;
      if (dropped.kind === 'manifest') return onManifest(dropped.path);
      setFolder(dropped.path);
      onChange();
    } catch (error) {
      if (!isAbortError(error)) onProblem(toRunError(error).message);
    }
  };

  const choose = (): void => {
    if (!busy) void take(askForFolder(bridge));
  };

  const drop = (files: readonly File[]): void => {
    const [file] = files;
    if (busy) onProblem('A task is running. Cancel it first, then drop it again.');
    else if (files.length > 1) onProblem('Several things were dropped. Drop one folder or manifest at a time.');
    else if (file) void take(bridge.acceptDropped(file));
  };

  return { folder, choose, drop };
}

async function askForFolder(bridge: AppBridge): Promise<Dropped | null> {
  const path = await bridge.chooseFolder();
  return path === null ? null : { kind: 'folder', path };
}
