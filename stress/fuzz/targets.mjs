import { Child } from '../process/child.mjs';
import { readUsage } from '../process/usage.mjs';
import { within } from '../process/deadline.mjs';
import { MAX_RSS, MAX_TURN_MS, PATIENCE_MS, SECRET, tight, wide } from './limits.mjs';

/** @typedef {import('../types.d.ts').Case['target']} TargetName */

const file = new URL('target.mjs', import.meta.url);

/** The processes under attack. Each is started when it is first needed, and again after it has ended. */
export class Targets {
  /** Largest memory of a target, in bytes. @type {number | null} */
  peakRss = null;
  #folder;
  /** @type {Map<TargetName, Promise<Child>>} */
  #children = new Map();
  /** @type {Set<string>} */
  #warnings = new Set();

  /** @param {string} folder Folder of the sockets, with its closing slash. */
  constructor(folder) {
    this.#folder = folder;
  }

  /** @param {TargetName} name */
  pathOf(name) {
    return `${this.#folder}${name}`;
  }

  /** @param {TargetName} name @returns {Promise<Child>} */
  async get(name) {
    const known = await this.#children.get(name);
    if (known !== undefined && known.exit === null) return known;
    const starting = this.#start(name);
    this.#children.set(name, starting);
    return starting;
  }

  /** @returns The present problems of the targets, one line each. */
  async complaints() {
    const found = [...this.#warnings];
    this.#warnings.clear();
    for (const [name, starting] of this.#children) {
      // oxlint-disable-next-line no-await-in-loop -- it has already started
      const complaints = await this.#complaintsAbout(name, await starting);
      found.push(...complaints);
      // A target with a problem is replaced, so that the next case does not find the same problem.
      // oxlint-disable-next-line no-await-in-loop -- as above
      if (complaints.length > 0) await this.#discard(name, starting);
    }
    return found;
  }

  async stop() {
    await Promise.all([...this.#children.values()].map(async (starting) => (await starting).stop()));
    this.#children.clear();
  }

  /** @param {TargetName} name */
  async #start(name) {
    const secret = name === 'locked' ? { secret: SECRET } : {};
    const options = { name, socketRoot: this.#folder, ...(name === 'wide' ? wide : tight), ...secret };
    const child = new Child(file, {
      args: [options],
      onMessage: ({ text }) => this.#warnings.add(`'${name}' warned: ${text}`),
    });
    await child.ask('ready');
    return child;
  }

  /** @param {TargetName} name @param {Child} child @returns {Promise<string[]>} */
  async #complaintsAbout(name, child) {
    if (child.exit !== null) return [`'${name}' died (${JSON.stringify(child.exit)}): ${child.stderr}`];
    const found = [];
    const rss = this.#measure(child);
    if (rss !== null && rss > MAX_RSS[name]) found.push(`'${name}' takes ${Math.round(rss / 1_048_576)} MiB.`);
    const turnMs = await within(child.ask('busiest'), PATIENCE_MS, 'An answer').catch(() => Infinity);
    if (turnMs > MAX_TURN_MS[name]) found.push(`'${name}' let everybody wait for ${Math.round(turnMs)} ms.`);
    return found;
  }

  /** @param {TargetName} name @param {Promise<Child>} starting */
  async #discard(name, starting) {
    this.#children.delete(name);
    await (await starting).stop();
  }

  /** @param {Child} child */
  #measure(child) {
    const { rss } = readUsage(child.pid);
    if (rss !== null && rss > (this.peakRss ?? 0)) this.peakRss = rss;
    return rss;
  }
}
