import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** @typedef {import('../types.d.ts').Answer} Answer */
/** @typedef {import('../types.d.ts').Order} Order */

const START_LIMIT_MS = 60_000;
/** A slice that takes so much longer than its duration fails. */
const SLICE_LIMIT_MS = 60_000;

/** The benchmark's handle of a main process that is measured. */
export class AgentProcess {
  #child;
  #number = 0;
  /** @type {Map<number | null, (answer: Answer) => void>} */
  #waiting = new Map();

  /** @param {string} file @param {readonly string[]} args @param {NodeJS.ProcessEnv} env */
  constructor(file, args, env) {
    this.#child = spawn(file, args, { env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#child.on('message', (message) => this.#hear(/** @type {Answer} */ (message)));
    this.#child.on('error', (error) => this.#failAll(error.message));
    this.#child.on('exit', (code, signal) => this.#failAll(`the process ended (${signal ?? code})`));
  }

  /** @returns Resolves when every peer in it is connected and its echo checked, with the version of its Electron or null. */
  async ready() {
    const answer = await this.#waitFor(null, START_LIMIT_MS);
    if (answer.type !== 'ready') throw new Error(answer.type === 'failure' ? answer.message : 'no word of being ready');
    return answer.electron;
  }

  /** @param {Omit<Order, 'number'>} order */
  async run(order) {
    const number = ++this.#number;
    const answered = this.#waitFor(number, order.milliseconds + SLICE_LIMIT_MS);
    if (this.#child.connected) this.#child.send({ number, ...order });
    const answer = await answered;
    if (answer.type !== 'figures') throw new Error(answer.type === 'failure' ? answer.message : 'no figures');
    return answer.figures;
  }

  /** Ends it. The processes that it has started end with it. */
  async close() {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const ended = once(this.#child, 'exit');
    if (this.#child.connected) this.#child.disconnect();
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 5_000);
    await ended;
    clearTimeout(timer);
  }

  /** @param {number | null} number @param {number} limitMs @returns {Promise<Answer>} */
  #waitFor(number, limitMs) {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        resolve({ type: 'failure', number, message: `no answer within ${limitMs / 1_000} s` });
      }, limitMs);
      this.#waiting.set(number, (answer) => {
        clearTimeout(timer);
        this.#waiting.delete(number);
        resolve(answer);
      });
      if (this.#child.exitCode !== null) this.#failAll('the process had ended');
    });
  }

  /** @param {Answer} answer */
  #hear(answer) {
    this.#waiting.get(answer.number)?.(answer);
  }

  /** @param {string} message */
  #failAll(message) {
    for (const [number, resolve] of this.#waiting) resolve({ type: 'failure', number, message });
  }
}
