/** Takes a line that is meant for the person at the terminal. */
export type Report = (line: string) => void;

/** Stdout belongs to the app's results, so the launcher speaks on stderr. */
export const reportOnStderr: Report = (line) => {
  process.stderr.write(`ipc-link: ${line}\n`);
};
