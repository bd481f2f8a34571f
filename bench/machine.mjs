import { availableParallelism, cpus, release, totalmem, type } from 'node:os';

const GIB = 2 ** 30;

/**
 * Describes the machine that the figures were measured on.
 *
 * @param {{ readonly electron: string | null, readonly pinnedCore: number | null }} known
 * @returns {import('./types.d.ts').Machine}
 */
export function describeMachine({ electron, pinnedCore }) {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: availableParallelism(),
    memoryGib: Math.round(totalmem() / GIB),
    kernel: `${type()} ${release()}`,
    node: process.version,
    electron,
    isPinned: pinnedCore !== null,
    pinnedCore,
  };
}
