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
  /** Path relative to the root, longer than the system accepts, or nearly so. */
  readonly folder: string;
  /** Names in that folder to search. */
  readonly names: readonly string[];
  readonly plan: (paths: readonly string[]) => PlannedRun[];
  /** Whether the output is JSON, in which the path has to be escaped. */
  readonly isJson: boolean;
  readonly signal: AbortSignal;
}

/**
 * Searches files whose paths are longer than Linux accepts. ripgrep gets a short temporary symlink to their open folder, and
 * that name is replaced by the real path in its output.
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
