import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDefault, readDefaults } from '../../../shared/test/support/documented.ts';
import { forkLauncher } from '../../src/host/fork.ts';
import { SidecarHost } from '../../src/host/index.ts';
import { resolveSidecarOptions } from '../../src/host/options.ts';
import { work } from '../host/fixtures/contract.mjs';
import { createFolder, fixture, hold } from '../host/helpers.ts';
import { ManualClock } from '../host/manual-clock.ts';

const root = resolve(import.meta.dirname, '../../..');
const types = join(root, 'app/src/host/types.ts');
const guide = readFileSync(join(root, 'docs/SIDECARS.md'), 'utf8');

/** What a sidecar gets that says no more than it has to, under the names of the options. */
const least = { contract: work, launcher: forkLauncher() };
const { machine, queueLimit, ...flat } = resolveSidecarOptions('work', least);
const { restart: budget, ...durations } = machine;
const resolved: Readonly<Record<string, unknown>> = {
  ...nameAsOptions({ ...flat, ...durations }),
  'queue.limit': queueLimit,
};
const restart = nameAsOptions(budget);

/** The table's rows: option and default. */
const rows = [...guide.matchAll(/^\| `([\w.]+)` +\| ([^|]*?) *\|/gm)].filter(([, , value]) => value !== '');

describe('the table of options in docs/SIDECARS.md', () => {
  const wanted = [
    'env',
    'inspect',
    'instances',
    'spares',
    'concurrency',
    'queue.limit',
    'queue.whenFull',
    'retries',
    'idleStop',
    'startTimeout',
    'stopTimeout',
    'killUnresponsiveAfter',
  ];

  test('has every option that has a default', () => {
    const found = rows.map(([, option]) => option).filter((option) => wanted.includes(option ?? ''));
    expect(found).toEqual(wanted);
  });

  test.each(wanted.filter((option) => option in resolved && option !== 'env'))('%s', (option) => {
    const [, , value = ''] = rows.find(([, name]) => name === option) ?? [];
    expect(readDefault(value)).toEqual(resolved[option]);
  });

  test('restart', () => {
    const policy = /\| `restart` +\| +\| `\{ (.*?) \}`/.exec(guide)?.[1] ?? '';
    const documented = policy.split(', ').map((entry) => entry.split(': '));
    expect(Object.fromEntries(documented.map(([key, value = '']) => [key, readDefault(value)]))).toEqual(restart);
  });

  test('queue.whenFull rejects: a queue without limit would let all calls wait', () => {
    expect(rows.find(([, name]) => name === 'queue.whenFull')?.[2]).toBe("`'reject'`");
    expect(queueLimit).toBeLessThan(Infinity);
  });
});

describe('the docstrings', () => {
  const documented = readDefaults(types, 'SidecarOptions');
  const literal = [
    'args',
    'execArgv',
    'inspect',
    'instances',
    'spares',
    'concurrency',
    'retries',
    ...Object.keys(nameAsOptions(durations)),
  ];

  test.each([...literal, 'idleStop'])('of %s', (option) => {
    expect(readDefault(documented[option] ?? '')).toEqual(resolved[option]);
  });

  test('of a restart', () => {
    const policy = readDefaults(types, 'RestartPolicy');
    const defaults = Object.entries(policy).map(([option, value = '']) => [option, readDefault(value)]);
    expect(Object.fromEntries(defaults)).toEqual(restart);
  });

  test('of the queue', () => {
    const queue = readDefaults(types, 'QueueOptions');
    expect(readDefault(queue['limit'] ?? '')).toBe(queueLimit);
    expect(readDefault(queue['whenFull'] ?? '')).toBe('reject');
  });

  test('of cwd and env: the host’s folder, and nothing added', () => {
    expect(documented['cwd']).toBe("the host's");
    expect(flat.cwd).toBe(undefined);
    expect(readDefault(documented['env'] ?? '')).toEqual({});
    expect(resolveSidecarOptions('work', least).env).toEqual(resolveSidecarOptions('work', { ...least, env: {} }).env);
  });
});

test('a stop without a drain of its own gives calls the time that docs and docstring say', async () => {
  const source = readFileSync(join(root, 'app/src/host/sidecar-host.ts'), 'utf8');
  const [, docstring = ''] = /@param options\.drain How long calls may go on,.*?@default (.*)/.exec(source) ?? [];
  const drainMs = Number(readDefault(docstring));
  expect(readDefault(/at most `drain` \((.*?)\)/.exec(guide)?.[1] ?? '')).toBe(drainMs);
  const clock = new RecordingClock();
  clock.replaceSystemClock();
  const sidecar = { ...least, entry: fixture('worker.mjs') };
  const host = new SidecarHost({ sidecars: { work: sidecar }, socketFolder: await createFolder() });
  await host.start();
  const { result } = await hold(host);
  const rejected = expect(result).rejects.toMatchObject({ code: 'ERR_LINK_CLOSED' });
  const stopped = host.stop();
  expect(clock.delays.at(-1)).toBe(drainMs);
  clock.advance(drainMs);
  await Promise.all([rejected, stopped]);
});

/** Options are in milliseconds without a unit in their names, which the host's own fields have. */
function nameAsOptions(fields: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name.replace(/Ms$/, ''), value]));
}

class RecordingClock extends ManualClock {
  readonly delays: number[] = [];

  override schedule(run: () => void, delayMs: number): () => void {
    this.delays.push(delayMs);
    return super.schedule(run, delayMs);
  }
}
