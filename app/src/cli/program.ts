import { Command, CommanderError } from 'commander';
import { printable } from 'ipc-link';
import { ReaderGone } from '../terminal/output.ts';
import { commands } from './commands.ts';
import type { CliContext } from './context.ts';
import { type CliError, toCliError } from './errors.ts';
import { ExitCode, exitCodeHelp } from './exit-codes.ts';
import { paintFor } from './text/paint.ts';

/** Runs the command that the arguments name. @returns The exit code. */
export async function runProgram(args: readonly string[], context: CliContext, version: string): Promise<ExitCode> {
  const texts = { out: '', err: '' };
  const program = createProgram(context, { version, texts });
  let wantsJson = false;
  program.hook('preAction', (_, action) => {
    wantsJson = action.getOptionValue('json') === true;
  });
  try {
    await program.parseAsync([...args], { from: 'user' });
    await context.out.flush();
    return ExitCode.ok;
  } catch (error) {
    if (error instanceof ReaderGone) return ExitCode.ok;
    if (error instanceof CommanderError) return await writeTexts(error, texts, context);
    if (context.interrupt.aborted) return ExitCode.interrupted;
    return await report(toCliError(error), wantsJson, context);
  }
}

function createProgram(
  context: CliContext,
  { version, texts }: { readonly version: string; readonly texts: { out: string; err: string } },
): Command {
  const program = new Command('ipc-link')
    .description(
      'Look at the Servers and hosts of ipc-link on this machine, and talk to them. Only your own processes can be reached.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand('help [command]', 'print the help of a command')
    .usage('<command> [options]')
    .exitOverride()
    .configureHelp({ styleTitle: (title) => context.paint('bold', title) })
    .configureOutput({
      writeOut: (text) => (texts.out += text),
      writeErr: (text) => (texts.err += text),
      getOutHasColors: () => process.stdout.isTTY && process.stdout.hasColors(),
    })
    .showHelpAfterError("'ipc-link --help' lists the commands, 'ipc-link help COMMAND' its options.")
    .addHelpText('after', `\n${exitCodeHelp}`);
  for (const create of commands) program.addCommand(create(context).copyInheritedSettings(program));
  return program;
}

/** Help and version are results, and wrong arguments are not. */
async function writeTexts(
  { exitCode }: CommanderError,
  texts: { readonly out: string; readonly err: string },
  { out, err }: CliContext,
): Promise<ExitCode> {
  try {
    await out.write(texts.out);
    await err.write(texts.err.replace(/^error: /, 'ipc-link: '));
    await out.flush();
  } catch (error) {
    if (!(error instanceof ReaderGone)) throw error;
  }
  return exitCode === 0 ? ExitCode.ok : ExitCode.usage;
}

async function report({ exitCode, code, message }: CliError, isJson: boolean, { err }: CliContext): Promise<ExitCode> {
  const paint = paintFor(process.stderr);
  const lines = message.split('\n').map((line) => `${paint('red', 'ipc-link:')} ${printable(line)}\n`);
  await err.write(isJson ? `${printable(JSON.stringify({ error: { code, message, exitCode } }))}\n` : lines.join(''));
  return exitCode;
}
