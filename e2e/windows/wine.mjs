import { spawn, spawnSync } from 'node:child_process';
import { closeSync, existsSync, openSync, readdirSync, readFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { installArguments, installPackages } from '../../shared/test/support/debian-packages.mjs';

const WINE = '/usr/lib/wine/wine64';
const SERVER = '/usr/lib/wine/wineserver64';
const COMPILER = '/usr/bin/x86_64-w64-mingw32-gcc';

const PACKAGES = ['wine64', 'gcc-mingw-w64-x86-64'];
const START_LIMIT_MS = 3 * 60_000;
const END_LIMIT_MS = 30_000;

/** What programs print when Wine's server has crashed. Some of them then hang. */
const SERVER_CRASHED = 'wineserver crashed';
const LOOK_MS = 2_000;

/**
 * Installs Wine and a compiler for Windows where they are missing, as root on Debian.
 *
 * @throws Where that can't be done, with the command that does it.
 */
export function installWine() {
  if (isInstalled()) return;
  process.stdout.write(`Installing ${PACKAGES.join(' and ')}, which takes a few minutes, once.\n`);
  const failure = installPackages(PACKAGES);
  if (!isInstalled())
    throw new Error(
      `Wine is missing. On Debian 12 it is installed by: sudo apt-get ${installArguments(PACKAGES).join(' ')}. ${failure}`.trim(),
    );
}

function isInstalled() {
  return [WINE, SERVER, COMPILER].every((path) => existsSync(path));
}

/** A Windows of its own in a folder, made anew. Call `end` when done, or whatever runs in it goes on. */
export class Wine {
  #env;

  /** @param {string} prefix */
  constructor(prefix) {
    this.prefix = prefix;
    this.#env = {
      ...withoutWine(process.env),
      WINEPREFIX: prefix,
      WINEARCH: 'win64',
      WINELOADER: WINE,
      WINESERVER: SERVER,
      WINEDEBUG: '-all',
      // No offers to install Mono and Gecko, and no entries in the menus of this machine.
      WINEDLLOVERRIDES: 'mscoree=;mshtml=;winemenubuilder.exe=',
    };
  }

  /**
   * @param {string} source Of a DLL for the system folder, in C.
   * @param {string} name Of that DLL.
   */
  async create(source, name) {
    this.end();
    await rm(this.prefix, { recursive: true, force: true });
    const log = `${this.prefix}.log`;
    for (const args of [
      ['wineboot', '-i'],
      ['winecfg', '-v', 'win10'],
    ]) {
      const { code } = await this.run(args, { output: log, limitMs: START_LIMIT_MS });
      if (code !== 0) throw new Error(`wine64 ${args.join(' ')} failed; see ${log}`);
    }
    const target = join(this.prefix, 'drive_c/windows/system32', name);
    const { status, stderr } = spawnSync(COMPILER, ['-shared', '-O1', '-o', target, source, '-ladvapi32']);
    if (status !== 0) throw new Error(`${source} can't be compiled: ${stderr.toString()}`);
  }

  /**
   * Runs a program to its end, or until the time is over. Windows' Node can't write to a Unix pipe (EBADF), so what it prints goes to a file.
   *
   * @param {readonly string[]} command
   * @param {{ output: string; limitMs: number; cwd?: string; env?: NodeJS.ProcessEnv }} options
   * @returns {Promise<{ code: number | null; isLate: boolean; hasCrashed: boolean }>} Whether Wine's server has crashed, which ends the program too.
   */
  async run(command, { output, limitMs, cwd, env }) {
    const file = openSync(output, 'w');
    const child = spawn('nice', ['-n', '10', WINE, ...command], {
      cwd,
      env: { ...this.#env, ...env },
      stdio: ['ignore', file, file],
    });
    closeSync(file);
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      this.end();
    }, limitMs);
    const hasCrashed = () => readFileSync(output, 'utf8').includes(SERVER_CRASHED);
    const looking = setInterval(() => {
      if (hasCrashed()) this.end();
    }, LOOK_MS);
    const [code] = await once(child, 'exit');
    clearTimeout(timer);
    clearInterval(looking);
    return { code, isLate, hasCrashed: hasCrashed() };
  }

  /** Ends all that runs in it, or has been left behind. */
  end() {
    if (existsSync(this.prefix)) spawnSync(SERVER, ['-k'], { env: this.#env, timeout: END_LIMIT_MS });
    // A server that has crashed ends nothing.
    for (const pid of this.#processes()) {
      try {
        process.kill(pid, 'SIGKILL');
      } catch (error) {
        if (error.code !== 'ESRCH') throw error;
      }
    }
  }

  /** Processes whose environment names this prefix. */
  #processes() {
    const entry = `WINEPREFIX=${this.prefix}`;
    return readdirSync('/proc')
      .filter((name) => /^\d+$/.test(name) && readEnvironment(name).includes(entry))
      .map(Number);
  }
}

/** The entries of a process's environment; none where it has ended. */
function readEnvironment(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
  } catch {
    return [];
  }
}

/** A path of this machine as programs in Wine name it. @param {string} path */
export function toWindowsPath(path) {
  return `Z:${path.replaceAll('/', '\\')}`;
}

function withoutWine(env) {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('WINE')));
}
