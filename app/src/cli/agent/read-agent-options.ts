import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { AgentEntry, AgentOptions, NatsAuthentication } from '../../nats/index.ts';
import { usageError } from '../errors.ts';

/** The arguments of the command, which take the place of what the configuration says. */
export interface AgentFlags {
  readonly config: string;
  readonly nats?: string[];
  readonly group?: string;
  readonly tls?: string;
  readonly max?: number;
}

type Fields = Record<string, unknown>;

/**
 * Reads the configuration and the files that it names. Their paths are relative to its folder.
 *
 * @throws CliError that says what is wrong with it.
 */
export async function readAgentOptions(flags: AgentFlags): Promise<Omit<AgentOptions, 'log'>> {
  const config = fieldsOf('the configuration', parse(flags.config, await readText(flags.config)));
  const files = new Files(dirname(resolve(flags.config)));
  const tls =
    flags.tls === undefined
      ? fieldsOf('tls', config['tls'])
      : Object.fromEntries(['ca', 'cert', 'key'].map((name) => [name, resolve(String(flags.tls), `${name}.pem`)]));
  const max = flags.max ?? config['max'];
  const { authentication, serverTls } = config;
  return {
    servers: flags.nats ?? textsOf('servers', config['servers']),
    group: flags.group ?? textOf('group', config['group']),
    secret: (await files.read('secretFile', config['secretFile'])).trim(),
    tls: {
      ca: await files.read('tls.ca', tls['ca']),
      cert: await files.read('tls.cert', tls['cert']),
      key: await files.read('tls.key', tls['key']),
    },
    entries: readEntries(config['entries'], files),
    ...(max === undefined ? {} : { max: Number(max) }),
    ...(authentication === undefined ? {} : { authentication: await readAuthentication(authentication, files) }),
    ...(serverTls === undefined ? {} : { serverTls: await files.readAll('serverTls', serverTls) }),
  };
}

async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw usageError(`agent: ${path} can't be read: ${error instanceof Error ? error.message : String(error)}.`);
  }
}

function parse(path: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw usageError(`agent: ${path} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function readEntries(value: unknown, files: Files): Record<string, AgentEntry> {
  const entries = Object.entries(fieldsOf('entries', value)).map(([name, given]): [string, AgentEntry] => {
    const { entry, args, execArgv, env, cwd } = fieldsOf(`entries.${name}`, given);
    const texts = { ...optional('args', args, textsOf), ...optional('execArgv', execArgv, textsOf) };
    const variables = env === undefined ? {} : { env: environmentOf(`entries.${name}.env`, env) };
    const folder = cwd === undefined ? {} : { cwd: files.path('cwd', cwd) };
    return [name, { entry: files.path(`entries.${name}.entry`, entry), ...texts, ...variables, ...folder }];
  });
  return Object.fromEntries(entries);
}

async function readAuthentication(value: unknown, files: Files): Promise<NatsAuthentication> {
  const { credentialsFile, nkeyFile, tokenFile, user, passwordFile } = fieldsOf('authentication', value);
  if (credentialsFile !== undefined) return { credentials: await files.read('credentialsFile', credentialsFile) };
  if (nkeyFile !== undefined) return { nkey: (await files.read('nkeyFile', nkeyFile)).trim() };
  if (tokenFile !== undefined) return { token: (await files.read('tokenFile', tokenFile)).trim() };
  return { user: textOf('user', user), password: (await files.read('passwordFile', passwordFile)).trim() };
}

/** Files that a configuration names, relative to its folder. */
class Files {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  path(where: string, value: unknown): string {
    return resolve(this.#folder, textOf(where, value));
  }

  async read(where: string, value: unknown): Promise<string> {
    return readText(this.path(where, value));
  }

  async readAll(where: string, value: unknown): Promise<Record<string, string>> {
    const named = Object.entries(fieldsOf(where, value));
    return Object.fromEntries(
      await Promise.all(named.map(async ([name, file]) => [name, await this.read(`${where}.${name}`, file)] as const)),
    );
  }
}

function optional(
  name: string,
  value: unknown,
  read: (where: string, value: unknown) => string[],
): Record<string, string[]> {
  return value === undefined ? {} : { [name]: read(name, value) };
}

function environmentOf(where: string, value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(fieldsOf(where, value)).map(([name, each]) => [name, textOf(name, each)]));
}

function fieldsOf(where: string, value: unknown): Fields {
  if (typeof value !== 'object' || value === null) throw usageError(`agent: ${where} must be an object.`);
  return { ...value };
}

function textsOf(where: string, value: unknown): string[] {
  if (!Array.isArray(value)) throw usageError(`agent: ${where} must be a list of texts.`);
  return value.map((each) => textOf(where, each));
}

function textOf(where: string, value: unknown): string {
  if (typeof value === 'string' && value !== '') return value;
  throw usageError(`agent: ${where} must be text that is not empty.`);
}
