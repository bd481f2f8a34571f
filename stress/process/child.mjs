import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';

/**
 * An executable that runs programs in place of this Node. It gets the program in its first JSON argument.
 *
 * @typedef {object} Runtime
 * @property {string} executable
 * @property {readonly string[]} args
 * @property {NodeJS.ProcessEnv} env
 */

/**
 * A process of a stress run. It gets its orders over an IPC channel, and ends by itself when that closes.
 *
 * @typedef {object} Exit
 * @property {number | null} code
 * @property {NodeJS.Signals | null} signal
 */
export class Child {
  /** The end of its stderr. */
  stderr = '';
  /** @type {Exit | null} */
  exit = null;
  /** Settles once, when the process has ended. @type {Promise<Exit>} */
  ended;
  #process;
  #count = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #questions = new Map();
  /** @type {(message: any) => void} */
  #onMessage;

  /**
   * @param {URL} file
   * @param {{ args?: readonly unknown[], execArgv?: readonly string[], onMessage?: (message: any) => void, env?: NodeJS.ProcessEnv, runtime?: Runtime | null }} [options]
   */
  constructor(file, { args = [], execArgv = [], onMessage = () => {}, env = {}, runtime = null } = {}) {
    this.#onMessage = onMessage;
    this.#process = start(file, { args, execArgv, env, runtime });
    this.#process.stderr?.setEncoding('utf8').on('data', (/** @type {string} */ text) => {
      this.stderr = (this.stderr + text).slice(-4_000);
    });
    this.#process.on('message', (message) => this.#receive(message));
    this.ended = once(this.#process, 'exit').then(([code, signal]) => this.#finish({ code, signal }));
  }

  get pid() {
    return this.#process.pid ?? 0;
  }

  /** Sends it a question; see `answerParent`. @param {string} question @param {unknown} [input] @returns {Promise<any>} */
  ask(question, input) {
    if (this.exit !== null) return Promise.reject(this.#endedError());
    const number = ++this.#count;
    return new Promise((resolve, reject) => {
      this.#questions.set(number, { resolve, reject });
      this.#process.send({ number, question, input }, () => {});
    });
  }

  /** @param {NodeJS.Signals} signal */
  kill(signal) {
    if (this.exit === null) this.#process.kill(signal);
  }

  /** Ends it and waits for its end. */
  async stop() {
    this.kill('SIGKILL');
    await this.ended;
  }

  /** @param {any} message */
  #receive(message) {
    const waiting = this.#questions.get(message?.number);
    if (waiting === undefined) return this.#onMessage(message);
    this.#questions.delete(message.number);
    if ('error' in message) waiting.reject(new Error(message.error));
    else waiting.resolve(message.answer);
  }

  /** @param {Exit} exit */
  #finish(exit) {
    this.exit = exit;
    for (const { reject } of this.#questions.values()) reject(this.#endedError());
    this.#questions.clear();
    return exit;
  }

  #endedError() {
    return new Error(`The process has ended (${JSON.stringify(this.exit)}): ${this.stderr}`);
  }
}

/**
 * @param {URL} file
 * @param {{ args: readonly unknown[], execArgv: readonly string[], env: NodeJS.ProcessEnv, runtime: Runtime | null }} options
 */
function start(file, { args, execArgv, env, runtime }) {
  /** @type {import('node:child_process').ForkOptions} */
  const options = { serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] };
  if (runtime === null) {
    return fork(file, [JSON.stringify(args)], { ...options, env: { ...process.env, ...env }, execArgv: [...execArgv] });
  }
  const [first, ...others] = args;
  const told = JSON.stringify([{ ...Object(first), program: file.href }, ...others]);
  return spawn(runtime.executable, [...runtime.args, told], { ...options, env: { ...runtime.env, ...env } });
}
