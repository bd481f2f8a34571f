import { Command as Parser } from 'commander';
import type { Command, PathArguments } from './command.ts';
import { usageError } from './errors.ts';

/** The arguments after a command's name. */
export interface Call {
  readonly args: readonly string[];
  readonly folder: string;
  readonly raw: ReadonlyMap<string, Uint8Array | undefined>;
}

/** Values of options by their long names in camel case. */
export type Values = Readonly<Record<string, unknown>>;

/** One command of the command line: its parser, and how its parsed arguments become a Command. */
export interface Subcommand {
  readonly createParser: () => Parser;
  /** @throws LaunchError `ERR_LAUNCH_USAGE` */
  readonly read: (values: Values, args: string[], call: Call) => Command;
  /** Printed below the help. */
  readonly exitCodes: string;
}

/** @returns A parser whose `parse` throws a CommanderError after a mistake, and prints nothing. */
export function newParser(name: string): Parser {
  return new Parser(`npm start -- ${name}`)
    .exitOverride()
    .configureOutput({ writeErr: () => {} })
    .configureHelp({ helpWidth: 100 })
    .helpOption('-h, --help', 'print this');
}

/** @throws LaunchError `ERR_LAUNCH_USAGE` */
export function readPaths(args: readonly string[], { folder, raw }: Call): PathArguments {
  if (args.includes('')) throw usageError('PATH is missing.');
  const paths = args.filter((arg) => arg !== '-').map((arg) => (arg.includes('\uFFFD') ? (raw.get(arg) ?? arg) : arg));
  return { folder, paths, ...(args.includes('-') ? { listed: true } : {}) };
}
