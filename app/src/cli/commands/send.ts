import { text as readAll } from 'node:stream/consumers';
import { Command } from 'commander';
import { printable } from 'ipc-link';
import type { CliContext } from '../context.ts';
import { usageError } from '../errors.ts';
import { addServerFlags, type ServerFlags } from '../find/server-options.ts';
import { connectServer, type Target } from '../find/target.ts';
import { toJson } from '../text/to-json.ts';

interface SendFlags extends ServerFlags {
  readonly task?: string;
  readonly stream?: boolean;
  readonly key?: string;
  readonly json?: boolean;
}

export function sendCommand(context: CliContext): Command {
  const command = new Command('send')
    .summary('send a message to a Server and print the reply')
    .description(
      "Send a message to a Server and print its reply as JSON, or every item of a stream, each on a line. Without --task the Server's 'message' listeners get it.",
    )
    .argument('<server>', 'name of the Server')
    .argument('[json]', "what to send; '-' reads it from stdin; without it, nothing is sent along")
    .option('--task <contract.task>', 'the task or stream that is to handle it')
    .option('--stream', 'read a stream until it ends')
    .option('--key <text>', 'messages with the same key go to the same instance of a pool')
    .option('--json', 'each result on one line, and an error as an object of JSON');
  return addServerFlags(command).action((name: string, text: string | undefined, flags: SendFlags) =>
    send({ name, text, flags }, context),
  );
}

async function send(
  { name, text, flags }: { readonly name: string; readonly text: string | undefined; readonly flags: SendFlags },
  context: CliContext,
): Promise<void> {
  const data = parse(text === '-' ? await readAll(process.stdin) : text);
  using target = await connectServer(name, flags);
  if (flags.stream === true) await printStream(target, { data, flags }, context);
  else await printReply(target, { data, flags }, context);
}

function parse(text: string | undefined): unknown {
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

interface Request {
  readonly data: unknown;
  readonly flags: SendFlags;
}

async function printReply(
  { server, peer }: Target,
  { data, flags }: Request,
  { out, tell, interrupt: signal }: CliContext,
): Promise<void> {
  const { task, key, timeout, json = false } = flags;
  const onProgress = (report: unknown): void => tell(`progress: ${printable(toJson(report))}\n`);
  const reply = await server.send(peer, data, { task, key, timeout, signal, onProgress });
  // The result of a contract's task is in `value`; what replies without a contract is shown as it came.
  const result = task !== undefined && 'value' in reply ? reply['value'] : reply;
  await out.write(show(result, json ? 0 : 2));
}

/** The timeout is for the connection only: a stream may go on for as long as it likes. */
async function printStream(
  { server, peer }: Target,
  { data, flags: { task, key } }: Request,
  { out, interrupt: signal }: CliContext,
): Promise<void> {
  for await (const item of server.stream(peer, data, { task, key, timeout: Infinity, signal }))
    await out.write(show(item, 0));
}

/** JSON leaves some characters as they are that a terminal would heed. */
function show(value: unknown, space: number): string {
  const lines = toJson(value, space).split('\n');
  return lines.map((line) => `${printable(line)}\n`).join('');
}
