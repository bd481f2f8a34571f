import { createFolder } from '../process/folder.mjs';
import { runAttack } from './attack.mjs';
import { loadCases } from './cases.mjs';
import { createCase } from './generate/case.mjs';
import { GoodClient } from './good-client.mjs';
import { Targets } from './targets.mjs';

/** @typedef {import('../types.d.ts').Case} Case */
/** @typedef {import('../types.d.ts').Finding} Finding */

/** Number of attacks at the same time. */
const WIDTH = 16;

/**
 * Attacks running Servers until `isOver` returns true, while a good client sends them requests.
 *
 * @param {{ seed: number, isOver: (cases: number) => boolean, report?: (line: string) => void }} options
 * @returns {Promise<import('../types.d.ts').FuzzReport>}
 */
export async function fuzz({ seed, isOver, report = () => {} }) {
  const folder = await createFolder();
  const run = new Run(folder.path);
  try {
    const known = loadCases();
    await run.replay(known);
    report(`${known.length} known cases replayed`);
    let number = 0;
    while (!isOver(number)) {
      const attacks = Array.from({ length: WIDTH }, () => createCase(seed, number++));
      await run.attackTogether(attacks);
      if (number % 4_000 === 0) report(`${number} cases, ${run.goodReplies} good replies`);
    }
    const { goodReplies, goodbyes, findings, peakRss } = run;
    return { seed, cases: number, replayed: known.length, goodReplies, goodbyes, findings, peakRss };
  } finally {
    await run.stop();
    await folder.remove();
  }
}

class Run {
  /** @type {Record<string, number>} */
  goodbyes = {};
  /** @type {Finding[]} */
  findings = [];
  #folder;
  #targets;
  #good;

  /** @param {string} folder */
  constructor(folder) {
    this.#folder = folder;
    this.#targets = new Targets(folder);
    this.#good = new GoodClient(folder);
  }

  get goodReplies() {
    return this.#good.replies;
  }

  get peakRss() {
    return this.#targets.peakRss;
  }

  /** @param {Case} attack */
  async attackAlone(attack) {
    const problems = await this.#attack([attack]);
    for (const problem of problems) this.findings.push({ problem, case: attack });
  }

  /**
   * Runs the cases one after the other, because each may expect a certain goodbye: a target that is busy with another attacker
   * could reach a timeout and send a different one. Cases whose attacker only waits are run together: first those who read what
   * they are sent, then those who don't, which give the target much to do.
   *
   * @param {readonly Case[]} cases
   */
  async replay(cases) {
    const waiting = cases.filter(({ finish }) => finish === 'wait');
    await this.attackTogether(waiting.filter(({ reads }) => reads));
    await this.attackTogether(waiting.filter(({ reads }) => !reads));
    // oxlint-disable-next-line no-await-in-loop -- as above
    for (const attack of cases) if (!waiting.includes(attack)) await this.attackAlone(attack);
  }

  /** Runs several attacks at once. If a problem is found, runs each alone to find out which one caused it. @param {readonly Case[]} attacks */
  async attackTogether(attacks) {
    const problems = await this.#attack(attacks);
    if (problems.length === 0) return;
    const before = this.findings.length;
    for (const attack of attacks) {
      // oxlint-disable-next-line no-await-in-loop -- each has to run alone
      await this.attackAlone(attack);
    }
    if (this.findings.length > before) return;
    const [first, last] = [attacks[0]?.name, attacks.at(-1)?.name];
    for (const problem of problems) this.findings.push({ problem: `${problem} (only together, ${first} to ${last})` });
  }

  async stop() {
    await this.#good.close();
    await this.#targets.stop();
  }

  /** @param {readonly Case[]} attacks @returns {Promise<string[]>} The problems found. */
  async #attack(attacks) {
    const names = [...new Set(attacks.map(({ target }) => target))];
    await Promise.all(names.map((name) => this.#targets.get(name)));
    const jobs = [
      ...attacks.map((attack) => this.#carryOut(attack)),
      ...names.map((name) => this.#good.check(name)),
      ...names.map((name) => this.#good.checkNewcomer(name)),
    ];
    const results = await Promise.allSettled(jobs);
    const after = await Promise.allSettled(names.map((name) => this.#good.check(name)));
    const failures = [...results, ...after].filter((result) => result.status === 'rejected');
    return [...failures.map(({ reason }) => describe(reason)), ...(await this.#targets.complaints())];
  }

  /** @param {Case} attack */
  async #carryOut(attack) {
    const target = await this.#targets.get(attack.target);
    const code = await runAttack(attack, {
      path: this.#targets.pathOf(attack.target),
      folder: this.#folder,
      ask: (question, input) => target.ask(question, input),
    }).catch((error) => {
      throw new Error(`${describe(error)} (${attack.name})`, { cause: error });
    });
    this.goodbyes[code] = (this.goodbyes[code] ?? 0) + 1;
  }
}

/** @param {unknown} error */
function describe(error) {
  return error instanceof Error ? error.message : String(error);
}
