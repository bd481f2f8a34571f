import { expect, test } from 'vitest';
import { forkLauncher } from '../../src/host/fork.ts';
import { Instance } from '../../src/host/instance.ts';
import { resolveSidecarOptions } from '../../src/host/options.ts';
import { work } from './fixtures/contract.mjs';
import { createFolder, fixture } from './helpers.ts';
import { ManualClock } from './manual-clock.ts';

test('takes no call before it is started, nor before its process is connected', async () => {
  const instance = await createInstance();
  const stopped = expect.objectContaining({ code: 'ERR_SIDECAR_STOPPED' });
  expect(() => instance.lease()).toThrow(stopped);
  instance.start();
  expect(instance.state).toBe('starting');
  expect(() => instance.lease()).toThrow(stopped);
  await instance.stop(0);
  expect(() => instance.lease()).toThrow(stopped);
});

async function createInstance(): Promise<Instance> {
  const launcher = forkLauncher();
  const plan = {
    sidecar: resolveSidecarOptions('work', { contract: work, launcher, entry: fixture('worker.mjs') }),
    instance: 'work-1',
    slot: 0,
    execArgv: [],
    socketFolders: [await createFolder()],
    clock: new ManualClock(),
  };
  const ignore = (): void => {};
  return new Instance(plan, {
    changed: ignore,
    leaving: ignore,
    idle: ignore,
    abandoned: ignore,
    freed: ignore,
    crashed: ignore,
    log: ignore,
  });
}
