import type { Launcher } from '../../../src/host/index.ts';
import type { python } from './contract.mjs';

export function describeSidecar(): {
  readonly contract: typeof python;
  readonly launcher: Launcher;
  readonly env: Readonly<Record<string, string>>;
};
