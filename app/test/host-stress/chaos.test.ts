import { expect, test } from 'vitest';
import { runShortly } from '../../../shared/test/stress/run-stress.ts';

const seconds = 1_000;

/** The short, counted versions of what `npm run chaos -- --scenario host` does for long. */
test.each([
  ['host-crash', 5, 'every call settles while sidecars are killed under full load, and the pool is whole again'],
  ['host-kill', 2, 'no sidecar and no socket folder outlives a host that is killed'],
  [
    'host-trouble',
    1,
    'sidecars that are stopped, blocked, broken, mute or loud: a clear error each, nothing left behind',
  ],
  ['host-logs', 1, 'sidecars that log without end: each line arrives once, calls are answered meanwhile'],
  ['host-strangers', 1, 'hundreds of connections to a starting host keep its sidecar out no longer than for a moment'],
  ['host-cycles', 3, 'descriptors, timers, listeners and memory stay flat from start to stop'],
])(
  '%s, %d turns: %s',
  async (scenario, turns) => {
    const { code, output } = await runShortly(scenario, turns);
    expect(output).not.toContain('PROBLEM');
    expect(code).toBe(0);
  },
  120 * seconds,
);
