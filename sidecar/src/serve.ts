import { Server } from 'ipc-link';
import { type Contract, createLog, type Handlers, serveContract } from 'ipc-link/contract';
import { LOAD_TASK, MOVE_PAGES_TASK } from '#port';
import { blockOutput } from './blocking-output.ts';
import { DirectPorts } from './direct-ports.ts';
import { LogSender } from './log-sender.ts';
import { printLine } from './print-line.ts';
import { openPrivateChannel } from './private-channel.ts';
import { watchParent } from './watch-parent.ts';

/** How long a sidecar waits for its launch message, and then for its host to let it in. */
const LAUNCH_TIMEOUT_MS = 30_000;
/** How long it waits, in milliseconds, before it connects again: other connections to the host's socket may have taken its place. */
const RETRY_MS = 20;

/**
 * Serves a contract from a helper process: connects to the host that started this process, proves that it belongs to it,
 * and answers calls until the host says goodbye or is gone. Then the process exits by itself, whatever it was doing.
 *
 * @returns Resolves when the host is connected.
 * @throws Error when the process was not started by a host, or no launch message came within 30 s.
 * @throws LinkError `ERR_LINK_CONNECT` when the host can't be reached within 30 s, `ERR_LINK_AUTH` when it is another one; TypeError
 * when an operation has no handler.
 */
export async function serve<C extends Contract>(contract: C, handlers: Handlers<C>): Promise<void> {
  const parent = process.ppid;
  const channel = openPrivateChannel();
  channel.onHostGone(exit);
  // Ctrl-C goes to the whole process group; when a sidecar ends is its host's decision.
  process.on('SIGINT', () => {});
  const { socketRoot, host, name, secret } = await withTimeout(channel.launchInfo);
  const server = new Server(name, {
    socketRoot,
    appspace: '',
    secret: Buffer.from(secret, 'base64'),
    autoStart: false,
    connectTimeout: LAUNCH_TIMEOUT_MS,
    retry: RETRY_MS,
    // The host watches over its sidecars; they only have to notice that it is gone, and a closed socket tells.
    heartbeat: Infinity,
  });
  server.on('error', (error) => printLine(error.message));
  server.on('disconnect', exit);
  const logs = new LogSender(server, host);
  process.on('exit', () => logs.printLeaving());
  const serveAt = (at: Pick<Server, 'handle'>): void =>
    serveContract(at, contract, handlers, (requestId) => createLog((record) => logs.send(record), requestId));
  serveAt(server);
  const ports = new DirectPorts({
    serve: serveAt,
    // Whether it arrives matters to nobody here: the next one says it all.
    report: (load) => void server.send(host, load, { task: LOAD_TASK }).catch(() => {}),
  });
  channel.onPort((port, message) => ports.add(port, message));
  server.handle(MOVE_PAGES_TASK, async (message) => message.reply({ value: await ports.movePages() }));
  await server.connectTo(host);
  blockOutput();
  channel.release();
  if (channel.isChildOfHost) watchParent(parent);
}

/** The link is the sidecar's life line: without it nobody can ask for anything, and nobody would end the process. */
function exit(): void {
  // Not within the event: what else it means, such as a launch message that never came, is to be said first.
  setImmediate(() => process.exit());
}

async function withTimeout<T>(promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(
      () => reject(new Error(`No launch message came within ${LAUNCH_TIMEOUT_MS} ms.`)),
      LAUNCH_TIMEOUT_MS,
    );
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}
