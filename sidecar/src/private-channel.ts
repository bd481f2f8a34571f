import { createInterface } from 'node:readline';
import { type LaunchInfo, readLaunchMessage } from 'ipc-link/contract';
import { type MainPort, type PortMessage, readPortMessage } from '#port';

/** The two members that are used of Electron's port from a utility process to the main process. */
interface ParentPort {
  on(
    event: 'message',
    listener: (event: { readonly data: unknown; readonly ports: readonly MainPort[] }) => void,
  ): void;
}

/** The channel between the host and this process besides the link. It also tells when the host is gone. */
export interface PrivateChannel {
  readonly launchInfo: Promise<LaunchInfo>;
  /** Whether the host is the parent of this process. Between Electron and a utility process there is another process. */
  readonly isChildOfHost: boolean;
  /** Calls back when the host's end is closed. Not every channel can tell. */
  onHostGone(listener: () => void): void;
  /** Calls back with each port of a page that the host hands over. Only Electron's channel can carry one. */
  onPort(listener: (port: MainPort, message: PortMessage) => void): void;
  /** Lets the process end although the channel is open. */
  release(): void;
}

/** @throws Error when the process was started by hand, where there is no host to serve. */
export function openPrivateChannel(): PrivateChannel {
  const parentPort = readParentPort();
  if (parentPort !== null) return openParentPort(parentPort);
  return typeof process.send === 'function' ? openForkChannel() : openStdin();
}

function readParentPort(): ParentPort | null {
  const port: unknown = Reflect.get(process, 'parentPort');
  return isParentPort(port) ? port : null;
}

function isParentPort(value: unknown): value is ParentPort {
  return typeof value === 'object' && value !== null && 'on' in value && typeof value.on === 'function';
}

function openParentPort(port: ParentPort): PrivateChannel {
  const launchInfo = new Promise<LaunchInfo>((resolve) => {
    port.on('message', ({ data }) => {
      const info = readLaunchMessage(data);
      if (info !== null) resolve(info);
    });
  });
  // Electron ends a utility process together with its main process.
  return {
    launchInfo,
    isChildOfHost: false,
    onHostGone: () => {},
    onPort: (listener) =>
      port.on('message', ({ data, ports: [handed] }) => {
        const message = readPortMessage(data);
        if (message !== null && handed !== undefined) listener(handed, message);
      }),
    release: () => {},
  };
}

function openForkChannel(): PrivateChannel {
  const launchInfo = new Promise<LaunchInfo>((resolve) => {
    process.on('message', (message) => {
      const info = readLaunchMessage(message);
      if (info !== null) resolve(info);
    });
  });
  return {
    launchInfo,
    isChildOfHost: true,
    // If the host was killed while this process was loading, no `disconnect` follows.
    onHostGone: (listener) => void (process.connected ? process.once('disconnect', listener) : setImmediate(listener)),
    onPort: () => {},
    release: () => process.channel?.unref(),
  };
}

function openStdin(): PrivateChannel {
  if (process.stdin.isTTY) {
    throw new Error('A sidecar is started by its host: see SidecarHost in ipc-link/host.');
  }
  const lines = createInterface({ input: process.stdin });
  const launchInfo = new Promise<LaunchInfo>((resolve, reject) => {
    lines.once('line', (line) => {
      const info = readLaunchMessage(parseLine(line));
      if (info === null) reject(new Error('The first line on stdin is not a launch message.'));
      else resolve(info);
    });
    lines.once('close', () => reject(new Error('stdin ended without a launch message: the host is gone.')));
  });
  return {
    launchInfo,
    isChildOfHost: true,
    onHostGone: (listener) => lines.once('close', listener),
    onPort: () => {},
    release: () => {
      if ('unref' in process.stdin && typeof process.stdin.unref === 'function') process.stdin.unref();
    },
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
