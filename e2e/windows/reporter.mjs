import { writeFileSync } from 'node:fs';

/** A reporter of Vitest that writes into the file REPORT how many tests passed, which failed, and which were left out and why. One that is left out without a reason has failed. */
export default class Reporter {
  #passed = 0;
  #failed = [];
  #leftOut = [];

  onTestCaseResult(testCase) {
    const { state, note } = testCase.result();
    const name = `${testCase.module.relativeModuleId} > ${testCase.fullName}`;
    if (state === 'passed') this.#passed += 1;
    else if (state === 'skipped' && note !== undefined) this.#leftOut.push({ name, reason: note });
    else this.#failed.push(name);
  }

  onTestRunEnd(modules, unhandledErrors) {
    const broken = modules.filter((module) => module.errors().length > 0).map((module) => module.relativeModuleId);
    const failed = [...this.#failed, ...broken, ...unhandledErrors.map(({ message }) => `unhandled: ${message}`)];
    writeFileSync(process.env['REPORT'], JSON.stringify({ passed: this.#passed, failed, leftOut: this.#leftOut }));
  }
}
