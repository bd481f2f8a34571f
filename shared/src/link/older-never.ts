import { warn } from '../platform/node.ts';

const warned = new Set<string>();

/**
 * Until 1.0.0-alpha.1 never was 0 in some options. Such a 0 is still taken, with one warning for each option.
 *
 * @returns The milliseconds, `Infinity` for 0.
 */
export function readOlderNever(option: string, ms: number): number {
  if (ms !== 0) return ms;
  if (!warned.has(option)) {
    warned.add(option);
    const message = `'${option}: 0' is the older form of '${option}: Infinity', which means never. Write Infinity.`;
    warn(Object.assign(new Error(message), { name: 'DeprecationWarning', code: 'IPC_LINK_DEP0002' }));
  }
  return Infinity;
}
