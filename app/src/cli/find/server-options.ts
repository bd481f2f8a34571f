import { readFile } from 'node:fs/promises';
import { type Command, Option } from 'commander';
import { defaultSocketRoot, Server } from 'ipc-link';
import { usageError } from '../errors.ts';
import { milliseconds } from '../parse.ts';

/** The options of commands that talk to a Server. */
export interface ServerFlags {
  readonly socketRoot?: string;
  readonly appspace: string;
  readonly secretFile?: string;
  readonly timeout: number;
}

/** Where Servers are looked for, as flags. */
export function addPlace(command: Command): Command {
  return command
    .option(
      '--socket-root <folder>',
      "folder of the sockets (default: where Servers listen that aren't told otherwise)",
    )
    .addOption(new Option('--appspace <text>', 'what comes before the name of a socket').default('app.'));
}

export function addServerFlags(command: Command): Command {
  return addPlace(command)
    .option('--secret-file <file>', "file with the Server's secret as text, which is not shown in lists of processes")
    .addOption(
      new Option('--timeout <ms>', 'how long to wait for the connection, and for each answer')
        .argParser(milliseconds)
        .default(5_000),
    );
}

export function socketRootOf({ socketRoot }: Pick<ServerFlags, 'socketRoot'>): string {
  if (socketRoot === undefined) return defaultSocketRoot();
  return socketRoot.endsWith('/') ? socketRoot : `${socketRoot}/`;
}

/** A Server that listens nowhere and gives up at the first refusal. */
export async function openServer(flags: ServerFlags): Promise<Server> {
  const { appspace, timeout, secretFile } = flags;
  const secret = secretFile === undefined ? undefined : await readSecret(secretFile);
  const server = new Server(`ipc-link-${process.pid}`, {
    socketRoot: socketRootOf(flags),
    appspace,
    secret,
    timeout,
    autoStart: false,
    maxRetries: 0,
    reconnect: false,
    connectTimeout: Math.max(1, timeout),
    handshakeTimeout: Math.max(1, timeout),
  });
  // Whatever goes wrong with the connection, its calls tell.
  server.on('error', () => {});
  return server;
}

async function readSecret(file: string): Promise<string> {
  try {
    return (await readFile(file, 'utf8')).replace(/\r?\n$/, '');
  } catch (error) {
    throw usageError(`--secret-file: ${error instanceof Error ? error.message : String(error)}`);
  }
}
