import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

const examples = resolve(import.meta.dirname, '../examples');

/** Each way to write it, and where its programs are. */
const languages: readonly (readonly [name: string, file: (name: string) => string])[] = [
  ['ESM', (name) => join(examples, 'esm', `${name}.mjs`)],
  ['CommonJS', (name) => join(examples, 'commonjs', `${name}.cjs`)],
  ['TypeScript', (name) => join(examples, 'typescript/dist', `${name}.js`)],
];

/** A program as a person would start it. */
class Program {
  readonly process: ChildProcess;
  output = '';
  #isClosed = false;
  #onOutput: (() => void)[] = [];

  constructor(file: string, runtimeFolder: string) {
    // A folder of its own, so that it meets nobody but its counterpart.
    const env = { ...process.env, XDG_RUNTIME_DIR: runtimeFolder };
    this.process = spawn(process.execPath, [file], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    for (const stream of [this.process.stdout, this.process.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    }
    // After its exit, when the last of its output has been read.
    this.process.on('close', () => {
      this.#isClosed = true;
      this.#hear('');
    });
  }

  async until(text: string): Promise<void> {
    while (!this.output.includes(text)) {
      if (this.#isClosed) throw new Error(`The program ended. It said: ${this.output}`);
      await new Promise<void>((wake) => this.#onOutput.push(wake));
    }
  }

  async end(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    this.process.kill('SIGKILL');
    await once(this.process, 'exit');
  }

  #hear(text: string): void {
    this.output += text;
    for (const wake of this.#onOutput.splice(0)) wake();
  }
}

let runtimeFolder = '';
let programs: Program[] = [];

beforeAll(() => {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin/tsc');
  execFileSync(process.execPath, [compiler, '-p', join(examples, 'typescript')], { stdio: 'inherit' });
});
beforeEach(() => {
  runtimeFolder = mkdtempSync(join(tmpdir(), 'link-'));
});
afterEach(async () => {
  await Promise.all(programs.map((program) => program.end()));
  programs = [];
  rmSync(runtimeFolder, { recursive: true, force: true });
});

function start(file: string): Program {
  const program = new Program(file, runtimeFolder);
  programs.push(program);
  return program;
}

describe.each(languages)('step 9: the two-process example in %s', (_name, fileOf) => {
  test.each([
    ['process-one', 'process-two'],
    ['process-two', 'process-one'],
  ])('runs when %s starts first', async (firstName, secondName) => {
    const first = start(fileOf(firstName));
    await first.until('Successfully started! undefined');
    const second = start(fileOf(secondName));
    const one = firstName === 'process-one' ? first : second;
    await one.until("response: 'Hello world!'");
    expect(one.output).toMatch(/Spawned test-one!\n/);
    expect(one.output).toMatch(/\{\s*id: '[0-9a-z]+',\s*success: true,\s*response: 'Hello world!'\s*\}/);
    expect([first, second].map(({ output }) => output).join('')).not.toMatch(/error|warning/i);
  });
});
