/** Prints a line for the user. */
export type Report = (line: string) => void;

/** The launcher prints on stderr, because stdout is kept for the app's results. */
export const reportOnStderr: Report = (line) => {
  process.stderr.write(`ipc-link: ${line}\n`);
};
