/**
 * The other side of `Child.ask`: answers the parent's questions with the results of the functions, and ends the process when
 * the parent has ended.
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

/** The arguments that the parent started the process with. @returns {any[]} */
export function readArguments() {
  return JSON.parse(process.argv.at(-1) ?? '[]');
}
