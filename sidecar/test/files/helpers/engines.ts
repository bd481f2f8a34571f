import { readdirSync, readFileSync } from 'node:fs';
import { expect, vi } from 'vitest';
import { onlyUnix } from '../../../../shared/test/support/left-out.ts';

/** The processes of ripgrep that this process has started and that still run (Linux). */
export function engines(): number[] {
  onlyUnix('proc');
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const [state, parent] = readStat(pid);
      return parent === process.pid && state !== 'Z' && nameOf(pid) === 'rg';
    });
}

/** Whether ripgrep's only thread sleeps, which it does only while it writes to a full pipe. */
export function waitsForReader(): boolean {
  return engines().some((pid) => readStat(pid)[0] === 'S');
}

/** Waits until ripgrep no longer runs. */
export async function untilEngineGone(): Promise<void> {
  onlyUnix('proc');
  await vi.waitFor(() => expect(engines()).toEqual([]), { timeout: 20_000 });
}

function readStat(pid: number): readonly [state: string, parent: number] {
  const [state = '', parent = ''] = read(`/proc/${pid}/stat`)
    .replace(/^.*\) /s, '')
    .split(' ');
  return [state, Number(parent)];
}

function nameOf(pid: number): string {
  return read(`/proc/${pid}/comm`).trim();
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // The process has ended.
  }
}
