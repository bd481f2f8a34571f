import { once } from 'node:events';
import { connect, type NetConnectOpts } from 'node:net';

import type { Report } from '../report.ts';

const CONNECT_LIMIT_MS = 3_000;
const X11_PORT = 6_000;

/**
 * Returns the environment without DISPLAY where no X server answers at it. An old terminal keeps the DISPLAY of a session that
 * has ended, and Electron crashes on it without a message. On other systems than Linux Electron does not use DISPLAY.
 */
export async function ignoreDeadDisplay(
  env: NodeJS.ProcessEnv,
  { report, platform = process.platform }: { report: Report; platform?: NodeJS.Platform },
): Promise<NodeJS.ProcessEnv> {
  const { DISPLAY, ...rest } = env;
  if (platform !== 'linux' || !DISPLAY || (await answers(DISPLAY))) return env;
  report(`No X server answers at DISPLAY=${DISPLAY}, so it is ignored.`);
  return rest;
}

async function answers(display: string): Promise<boolean> {
  const addresses = addressesOf(display);
  if (addresses.length === 0) return true; // An unknown form of DISPLAY is left to Electron.
  const attempts = await Promise.all(addresses.map(canConnect));
  return attempts.includes(true);
}

/** `:1` and `:1.0` are sockets on this machine, `host:1` is a port. Source: X(7), display names. */
function addressesOf(display: string): NetConnectOpts[] {
  const [, host = '', number = ''] = /^(unix|[\w.-]*):(\d+)(?:\.\d+)?$/.exec(display) ?? [];
  if (number === '') return [];
  if (host !== '' && host !== 'unix') return [{ host, port: X11_PORT + Number(number) }];
  const path = `/tmp/.X11-unix/X${number}`;
  return [{ path }, { path: `\0${path}` }];
}

async function canConnect(address: NetConnectOpts): Promise<boolean> {
  const socket = connect(address);
  try {
    await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_LIMIT_MS) });
    return true;
  } catch {
    return false;
  } finally {
    socket.on('error', () => {}).destroy();
  }
}
