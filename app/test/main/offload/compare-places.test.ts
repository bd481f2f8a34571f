import { expect, test } from 'vitest';
import { forkLauncher } from '../../../src/host/fork.ts';
import { comparePlaces } from '../../../src/main/offload/compare-places.ts';

test('the same job holds up this process where it runs in it, and gets done in sidecars too', async () => {
  const steps: string[] = [];
  const signal = new AbortController().signal;
  const launcher = forkLauncher();
  const { main, sidecars } = await comparePlaces({ launcher, signal, tell: (step) => steps.push(step), jobMs: 200 });
  expect(steps).toEqual(['starting', 'main', 'sidecars']);
  // What became due just after the job began had to wait until its end.
  expect(main.longest).toBeGreaterThan(180);
  expect(main.processes).toBe(1);
  for (const { perSecond, samples } of [main, sidecars]) {
    expect(perSecond).toBeGreaterThan(0);
    expect(samples.length).toBeGreaterThan(50);
  }
});

test('it can be cancelled while the sidecars work', async () => {
  const abort = new AbortController();
  const tell = (step: string): void => {
    if (step === 'sidecars') abort.abort();
  };
  const run = comparePlaces({ launcher: forkLauncher(), signal: abort.signal, tell, jobMs: 5 });
  await expect(run).rejects.toMatchObject({ name: 'AbortError' });
});
