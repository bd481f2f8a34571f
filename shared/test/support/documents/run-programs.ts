import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { onTestFinished } from 'vitest';
import { createAppFolder } from '../app-folder.ts';
import type { Document } from './markdown.ts';

/** A line of a block in which `node` starts a file that the document itself shows whole. */
interface ProgramLine {
  readonly file: string;
  /** Whether it goes on while the lines behind it run. */
  readonly isInBackground: boolean;
  /** The comment behind it, which says what the program prints. */
  readonly comment: string;
}

/** Those of each block that has any. */
export function findProgramLines({ blocks }: Document): ProgramLine[][] {
  const own = blocks.flatMap(({ file }) => file ?? []);
  return blocks
    .filter(({ language }) => language === 'sh')
    .map((block) =>
      [...block.text.matchAll(/^node (\S+)( &)? *# (.*)$/gm)]
        .map(([, file = '', background, comment = '']) => ({ file, isInBackground: background !== undefined, comment }))
        .filter(({ file }) => own.includes(file)),
    )
    .filter((lines) => lines.length > 0);
}

/** Runs the lines of one block in an app of the document's files. @returns What each that isn't in the background printed. */
export async function runPrograms({ blocks }: Document, lines: readonly ProgramLine[]): Promise<string[]> {
  const whole = blocks.flatMap(({ file, text: source }) => (file === undefined ? [] : [[file, source]]));
  const folder = await createAppFolder(Object.fromEntries(whole));
  // A folder of sockets of this run's own, for node-ipc and for Servers.
  const env = { ...process.env, XDG_RUNTIME_DIR: folder };
  const running: ChildProcess[] = [];
  const printed: string[] = [];
  onTestFinished(() => endAll(running));
  for (const { file, isInBackground } of lines) {
    const child = spawn(process.execPath, [file], { cwd: folder, env, stdio: ['ignore', 'pipe', 'inherit'] });
    running.push(child);
    if (!isInBackground) printed.push((await text(child.stdout)).trim());
  }
  return printed;
}

async function endAll(children: readonly ChildProcess[]): Promise<void> {
  const running = children.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null);
  const ends = running.map((child) => once(child, 'exit'));
  for (const child of running) child.kill('SIGKILL');
  await Promise.all(ends);
}
