import { Server } from 'ipc-link';
import { type Contract, createLog, type Handlers, serveContract } from 'ipc-link/contract';
import { DESCRIBE_TASK, describeContract, LOAD_TASK, MOVE_PAGES_TASK } from '#port';
import { blockOutput } from './blocking-output.ts';
import { DirectPorts } from './direct-ports.ts';
import { LogSender } from './log-sender.ts';
import { printLine } from './print-line.ts';
import { openPrivateChannel } from './private-channel.ts';
import { watchParent } from './watch-parent.ts';

/** How long a sidecar waits for its launch message, and then for its connection to the host. */
const LAUNCH_TIMEOUT_MS = 30_000;
/** Milliseconds before it connects again, after other connections to the host's socket have taken its place. */
const RETRY_MS = 20;

/**
 * Serves a contract from a helper process: connects to the host that started this process, proves that it belongs to it,
 * and answers calls until the host says goodbye or is gone. Then the process exits by itself, even if handlers still work.
 *
 * @returns Resolves when the host is connected.
 * @throws Error when the process was not started by a host, or no launch message came within 30 s.
 * @throws LinkError `ERR_LINK_CONNECT` when the host can't be reached within 30 s, `ERR_LINK_AUTH` if another process answers; TypeError
 * when an operation has no handler.
 */
export async function serve<C extends Contract>(contract: C, handlers: Handlers<C>): Promise<void> {
  const parent = process.ppid;
  const channel = openPrivateChannel();
  channel.onHostGone(exit);
  // Ctrl-C is sent to the whole process group, but the host decides when a sidecar ends.
  process.on('SIGINT', () => {});
  const { socketRoot, host, name, secret, tls } = await withTimeout(channel.launchInfo);
  const server = new Server(name, {
    socketRoot,
    appspace: '',
    // Loaded only where the host is on another machine.
    transport: tls === undefined ? undefined : (await import('ipc-link/tls')).tlsTransport(tls),
    secret: Buffer.from(secret, 'base64'),
    autoStart: false,
    connectTimeout: LAUNCH_TIMEOUT_MS,
    retry: RETRY_MS,
    // The host watches its sidecars. A sidecar only has to notice that the host is gone, and then its socket closes.
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
    // A report that does not arrive needs no handling, because the next one has all of it.
    report: (load) => void server.send(host, load, { task: LOAD_TASK }).catch(() => {}),
  });
  channel.onPort((port, message) => ports.add(port, message));
  server.handle(MOVE_PAGES_TASK, async (message) => message.reply({ value: await ports.movePages() }));
  const exposed = describeContract(contract, Object.keys(contract.operations), false);
  server.handle(DESCRIBE_TASK, (message) => message.reply({ value: { [contract.name]: exposed } }));
  await server.connectTo(host);
  blockOutput();
  channel.release();
  if (channel.isChildOfHost) watchParent(parent);
}

/** Ends the process when the link is lost, because then nobody can call it, and nobody else would end it. */
function exit(): void {
  // Not within the event, so that an error such as a launch message that never came is reported first.
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
