/** What the program ends with. Documented in docs/CLI.md and in its help. */
export const ExitCode = {
  ok: 0,
  /** The other side answered with a failure, or something went wrong that has no code of its own. */
  failed: 1,
  usage: 2,
  /** Nobody of that name is there, or it went away. */
  absent: 3,
  /** It is there, and refuses this program or can't be trusted by it. */
  refused: 4,
  timeout: 5,
  interrupted: 130,
} as const;

export type ExitCode = (typeof ExitCode)[keyof typeof ExitCode];

export const exitCodeHelp = `Exit codes:
  0  done
  1  the other side answered with a failure, or something unexpected happened
  2  wrong arguments
  3  nobody of that name is there, or it went away
  4  it is there and refuses, or its files are not this user's alone
  5  no answer in time
  130  interrupted`;
