import { randomUUID } from 'node:crypto';
import { closeSync, constants, openSync } from 'node:fs';
import { mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FolderPath } from '#contracts/files';
import { locateBelow, toRaw } from '../raw-path.ts';
import type { PlannedRun } from './plan-runs.ts';
import { Replacer } from './replacer.ts';
import { type EngineExit, type EngineOutput, runEngine } from './run-engine.ts';

export interface DeepRun {
  readonly root: FolderPath;
  /** Relative to the root; longer than what the system takes, or nearly so. */
  readonly folder: string;
  /** What to search in it. */
  readonly names: readonly string[];
  readonly plan: (paths: readonly string[]) => PlannedRun[];
  /** Whether paths are printed within JSON. */
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

/**
 * Runs the engine on files that no path is short enough for (Linux). It gets them under a short made-up name, a link to
 * the open folder, which is replaced by the true one in all that it prints.
 */
export async function* runInDeepFolder(run: DeepRun): AsyncGenerator<EngineOutput | EngineExit, void, void> {
  const { root, folder, names, plan, isJson, signal } = run;
  const fd = openSync(locateBelow(root)(toRaw(folder)), constants.O_RDONLY | constants.O_DIRECTORY);
  const shelf = await mkdtemp(join(tmpdir(), 'ipc-link-deep-'));
  try {
    const alias = randomUUID();
    await symlink(`/proc/${process.pid}/fd/${fd}`, join(shelf, alias));
    const replacement = Buffer.from(isJson ? JSON.stringify(folder).slice(1, -1) : folder);
    for (const planned of plan(names.map((name) => `${alias}/${name}`))) {
      const replacers = { stdout: new Replacer(alias, replacement), stderr: new Replacer(alias, Buffer.from(folder)) };
      for await (const part of runEngine({ ...planned, folder: shelf, signal })) {
        if (part.from === 'exit') {
          for (const from of ['stdout', 'stderr'] as const) yield { from, bytes: replacers[from].end() };
          yield part;
        } else yield { from: part.from, bytes: replacers[part.from].push(part.bytes) };
      }
    }
  } finally {
    closeSync(fd);
    await rm(shelf, { recursive: true, force: true });
  }
}
