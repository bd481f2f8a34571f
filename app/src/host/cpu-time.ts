import { readFileSync } from 'node:fs';

/** A tick of the figures in /proc. Linux shows them to programs in hundredths of a second on every processor. */
const MS_PER_TICK = 10;

/** The places of `utime` and `stime` behind the name in /proc/PID/stat; see proc(5). */
const userPlace = 11;
const systemPlace = 12;

/** Processor time that a process of ours has used, in milliseconds; null where the system offers no cheap way to ask (other than Linux). */
export function readCpuTime(pid: number | undefined): number | null {
  if (pid === undefined || process.platform !== 'linux') return null;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may itself hold blanks and parentheses.
    const fields = stat.slice(stat.lastIndexOf(') ') + 2).split(' ');
    const ticks = Number(fields[userPlace]) + Number(fields[systemPlace]);
    return Number.isFinite(ticks) ? ticks * MS_PER_TICK : null;
  } catch {
    return null;
  }
}
