import { randomUUID } from 'node:crypto';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseInvocation, USAGE } from './arguments.ts';
import { readRawArguments } from './raw-arguments.ts';
import { isStdoutClosed } from './closed-stdout.ts';
import { encodeCommand, type ChecksumCommand, type Command } from './command.ts';
import { ignoreDeadDisplay } from './system/dead-display.ts';
import { hasDisplay } from './system/display.ts';
import { closedStdoutError, isLaunchError, LaunchError, notBuiltError } from './errors.ts';
import { APP_MAIN, PROJECT_FOLDER } from './folders.ts';
import { exitCodeOf, Interruption, watchInterruptions } from './process/interruption.ts';
import { prepareElectron } from './prepare-electron.ts';
import { reportOnStderr } from './report.ts';
import { runElectron } from './run-electron.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/**
 * The `npm start` program.
 *
 * @param args what follows `npm start --`
 * @param appPath the Electron app to start: its folder, or its main module
 * @returns the exit code
 */
export async function launch(args: readonly string[], appPath: string = APP_MAIN): Promise<number> {
  try {
    const folder = process.env['INIT_CWD'] ?? process.cwd();
    const invocation = parseInvocation(args, { folder, rawArgs: readRawArguments(args.length) });
    if (invocation.kind === 'help') return printHelp(invocation.text);
    if (invocation.kind === 'command' && printsOn(invocation.command) && isStdoutClosed()) throw closedStdoutError();
    ensureBuilt(appPath);
    if (invocation.kind === 'command') return await startApp(appPath, { command: invocation.command });
    const env = await ignoreDeadDisplay(process.env, { report: reportOnStderr });
    return await startApp(appPath, { command: chooseForWindow(env), env });
  } catch (error) {
    return tell(error);
  }
}

/** Whether the command's only result is what it prints on stdout. */
function printsOn(command: Command): boolean {
  return !(command.command === 'checksum' && command.output !== undefined && command.summary !== true);
}

function printHelp(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** @returns undefined to open the window; without a display, a command that shows what the app does on its own source. */
function chooseForWindow(env: NodeJS.ProcessEnv): Command | undefined {
  if (hasDisplay({ env })) return undefined;
  reportOnStderr(`There is no display, so the app runs without a window, on its own folder ${PROJECT_FOLDER}.`);
  return checksumOwnFolder();
}

/** The manifest is written outside the folder that it describes, because it can't contain its own checksum. */
function checksumOwnFolder(): ChecksumCommand {
  const output = join(tmpdir(), `ipc-link-${randomUUID()}.sha256`);
  return {
    command: 'checksum',
    folder: PROJECT_FOLDER,
    paths: [PROJECT_FOLDER],
    algorithms: ['sha256'],
    output,
    summary: true,
  };
}

/** Checks for the app's main module. Without it a stock Electron shows a dialog, which nobody can close without a display. */
function ensureBuilt(appPath: string): void {
  try {
    createRequire(import.meta.url).resolve(appPath);
  } catch (error) {
    throw notBuiltError(appPath, error);
  }
}

async function startApp(
  appPath: string,
  { command, env = process.env }: { command: Command | undefined; env?: NodeJS.ProcessEnv },
): Promise<number> {
  using interruptions = watchInterruptions();
  const { interrupt } = interruptions;
  await using electron = await prepareElectron({ env, signal: interrupt, showsWindows: command === undefined });
  const args = [...electron.args, appPath, ...(command ? encodeCommand(command) : [])];
  return await runElectron(electron.executablePath, {
    args,
    env: electron.env,
    interrupt,
    readsStdin: command?.listed === true,
  });
}

function tell(error: unknown): number {
  if (error instanceof Interruption) return exitCodeOf(error.signal);
  if (!(error instanceof LaunchError)) throw error;
  reportOnStderr(error.message);
  if (!isLaunchError(error, 'ERR_LAUNCH_USAGE')) return EXIT_FAILED;
  process.stderr.write(`\n${USAGE}`);
  return EXIT_USAGE;
}
