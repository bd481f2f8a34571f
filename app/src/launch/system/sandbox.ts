import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { sandboxError } from '../errors.ts';
import { findOnPath } from '../process/find-program.ts';
import { runProgram } from '../process/run-program.ts';

export interface SandboxOptions {
  /** @default process.env */
  readonly env?: NodeJS.ProcessEnv;
  /** @default process.platform */
  readonly platform?: NodeJS.Platform;
  /** @default whether this process runs as root */
  readonly isRoot?: boolean;
  /** Whether an unprivileged user may create user namespaces. @default tries to create one */
  readonly hasUserNamespaces?: (env: NodeJS.ProcessEnv) => Promise<boolean>;
}

const PROBE_LIMIT_MS = 5_000;
const SETUID = 0o4000;

/**
 * Checks that Chromium's sandbox can work for an unprivileged user on Linux, by user namespaces or by the setuid helper beside
 * the binary. Without either, Chromium aborts with a message that does not help the user.
 *
 * @throws LaunchError `ERR_LAUNCH_SANDBOX`
 */
export async function ensureSandbox(binary: string, options: SandboxOptions = {}): Promise<void> {
  const {
    env = process.env,
    platform = process.platform,
    isRoot = process.getuid?.() === 0,
    hasUserNamespaces = tryUserNamespace,
  } = options;
  if (platform !== 'linux' || isRoot || (await hasUserNamespaces(env))) return;
  const helper = join(dirname(binary), 'chrome-sandbox');
  if (!(await isOwnedByRootWithSetuid(helper))) throw sandboxError(helper);
}

/** Tries to create a user namespace with `unshare`. Without `unshare` this is assumed to work, and Chromium reports a failure. */
async function tryUserNamespace(env: NodeJS.ProcessEnv): Promise<boolean> {
  const unshare = await findOnPath('unshare', env);
  if (!unshare) return true;
  const { code } = await runProgram(unshare, ['--user', '--map-root-user', 'true'], { env, timeoutMs: PROBE_LIMIT_MS });
  return code === 0;
}

async function isOwnedByRootWithSetuid(helper: string): Promise<boolean> {
  const found = await stat(helper).catch(() => undefined);
  return found !== undefined && found.uid === 0 && (found.mode & SETUID) !== 0;
}
