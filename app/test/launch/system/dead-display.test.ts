import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, onTestFinished, test, vi } from 'vitest';

import type { Report } from '../../../src/launch/report.ts';
import { ignoreDeadDisplay } from '../../../src/launch/system/dead-display.ts';

const platform = 'linux';

/** A listener on a port that a display name can mean, and its display number. */
async function listenAsDisplay(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void server.close());
  await once(server, 'listening');
  return (server.address() as AddressInfo).port - 6_000;
}

test('a display that answers stays', async () => {
  const report = vi.fn<Report>();
  const env = { DISPLAY: `127.0.0.1:${await listenAsDisplay()}.0`, HOME: '/h' };
  await expect(ignoreDeadDisplay(env, { report, platform })).resolves.toEqual(env);
  expect(report).not.toHaveBeenCalled();
});

test.each([':987654', 'unix:987654.0', '127.0.0.1:1'])(
  '%s, where nobody answers, is left out with a word',
  async (DISPLAY) => {
    const report = vi.fn<Report>();
    await expect(ignoreDeadDisplay({ DISPLAY, HOME: '/h' }, { report, platform })).resolves.toEqual({ HOME: '/h' });
    expect(report.mock.calls).toEqual([[`No X server answers at DISPLAY=${DISPLAY}, so it is ignored.`]]);
  },
);

test.each([{}, { DISPLAY: '' }, { DISPLAY: '/private/tmp/launch/org.xquartz:0' }])('%j stays as it is', async (env) => {
  await expect(ignoreDeadDisplay(env, { report: vi.fn<Report>(), platform })).resolves.toEqual(env);
});

test('elsewhere than on Linux it means nothing', async () => {
  const env = { DISPLAY: ':987654' };
  await expect(ignoreDeadDisplay(env, { report: vi.fn<Report>(), platform: 'darwin' })).resolves.toBe(env);
});
