import { expect, test } from 'vitest';
import { runShortly } from './run-stress.ts';

const seconds = 1_000;

/** The short, counted versions of what `npm run chaos` does for minutes. */
test.each([
  ['in-flight', 1, '10,000 requests in flight settle with their own replies, or are all lost with their peer'],
  ['large-body', 1, 'a body of 64 MiB passes in both codecs and both directions, and small messages beside it'],
  ['many-calls', 2, 'calls with every option, and with one signal for all, leave nothing on the heap'],
  ['unread', 1, 'peers that never read cost bounded memory, and others go on'],
  ['connections', 1, 'a Server takes 128 connections, refuses one more, and is as before when they are gone'],
  ['crowd', 1, 'silent connections, more than a Server takes, keep nobody out'],
  ['signals', 1, 'handlers hear of it when their requester cancels, runs out of time, or is killed'],
  ['storm', 3, 'every send settles once, with its own reply, while processes are killed, stopped, restarted and cut'],
])(
  '%s, %d turns: %s',
  async (scenario, turns) => {
    const { code, output } = await runShortly(scenario, turns);
    expect(output).not.toContain('PROBLEM');
    expect(code).toBe(0);
  },
  120 * seconds,
);
