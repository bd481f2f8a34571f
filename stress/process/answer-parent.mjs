/**
 * The other end of `Child.ask`: answers the parent's questions with what the functions return, and ends the process when
 * the parent is gone.
 *
 * @param {Readonly<Record<string, (input: any) => unknown>>} answers
 */
export function answerParent(answers) {
  process.on('disconnect', () => process.exit(0));
  process.on('message', (/** @type {any} */ { number, question, input }) => {
    const answer = answers[question];
    Promise.resolve()
      .then(() => {
        if (answer === undefined) throw new Error(`Nobody here can '${question}'.`);
        return answer(input);
      })
      .then(
        (value) => tellParent({ number, answer: value }),
        (error) =>
          tellParent({ number, error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
}

/** @param {object} message */
export function tellParent(message) {
  if (process.connected) process.send?.(message, undefined, {}, () => {});
}

/** What the parent gave the process to start with. @returns {any[]} */
export function readArguments() {
  return JSON.parse(process.argv.at(-1) ?? '[]');
}
