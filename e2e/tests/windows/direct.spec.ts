import { expect, test } from '../../src/windows-app.ts';

test('calls and streams go straight to the sidecar, and arrive as through the main process', async ({ windows }) => {
  const found = await windows.inPage(`
    const value = new Map([['big', 12n], ['bytes', new Uint8Array([1, 2, 3])]]);
    const items = [];
    for await (const tick of straight.ticks(5)) items.push(tick);
    const reports = [];
    await straight.report(3, { onProgress: (report) => reports.push(report) });
    const same = await straight.same(value);
    return { big: String(same.get('big')), bytes: [...same.get('bytes')], items, reports };
  `);
  expect(found).toEqual({ big: '12', bytes: [1, 2, 3], items: [0, 1, 2, 3, 4], reports: [1, 2, 3] });
});

test('what the page may not call is refused by the sidecar', async ({ windows }) => {
  const found = await windows.inPage(`
    const wrong = await straight.wait({ ms: 'long' }).catch((error) => [error.name, error.code, error.issues[0].path[0]]);
    return { isListed: 'secret' in straight, wrong };
  `);
  expect(found).toEqual({ isListed: false, wrong: ['ContractError', 'ERR_LINK_INVALID_INPUT', 'ms'] });
});

test('a key is refused, since all calls of a page go to one process', async ({ windows }) => {
  const found = await windows.inPage(`
    const options = { key: 'document-7' };
    const task = await straight.pid(null, options).catch((error) => [error.code, error.message]);
    const stream = await straight.ticks(1, options).next().catch((error) => error.code);
    return { task, stream, through: typeof (await demo.pid(null, options)) };
  `);
  expect(found).toEqual({
    task: ['ERR_LINK_INVALID_ARGUMENT', expect.stringContaining("straight.pid(input, options): 'key'")],
    stream: 'ERR_LINK_INVALID_ARGUMENT',
    through: 'number',
  });
});

test('the host shows these calls, and those that run on after they were given up', async ({ windows }) => {
  const { page } = windows;
  await page.evaluate(`(async () => {
    const { straight } = await globalThis.sidecars;
    globalThis.controller = new AbortController();
    globalThis.waiting = straight.wait({ ms: 60000, tag: 'shown' }, { signal: controller.signal }).catch((error) => error.name);
  })()`);
  const inFlight = async (): Promise<number> =>
    (await windows.rows('straight')).reduce((sum, row) => sum + row.inFlight, 0);
  await expect.poll(inFlight).toBe(1);
  expect(await page.evaluate('controller.abort(), globalThis.waiting')).toBe('AbortError');
  await expect.poll(inFlight).toBe(0);
  const counts = (await windows.rows('straight')).map(({ latency }) => latency?.count ?? 0);
  expect(Math.max(...counts)).toBeGreaterThan(0);
});

test('a crash rejects what was in flight as in the main process, and the next call has another port', async ({
  windows,
}) => {
  const found = await windows.inPage<{ lost: unknown[]; others: boolean }>(`
    const pid = await straight.pid(null);
    const waiting = straight.wait({ ms: 60000, tag: 'lost' }).catch((error) => [error.name, error.code, error.signal]);
    const items = (async () => { for await (const _ of straight.ticks(1e9)); })().catch((error) => error.code);
    const crash = await straight.crash(null).catch((error) => error.code);
    return { lost: [await waiting, await items, crash], others: pid !== (await straight.pid(null)) };
  `);
  expect(found).toEqual({
    lost: [['SidecarCrashedError', 'ERR_SIDECAR_CRASHED', 'SIGKILL'], 'ERR_SIDECAR_CRASHED', 'ERR_SIDECAR_CRASHED'],
    others: true,
  });
});

test('a rolling restart replaces every process and loses no call', async ({ windows }) => {
  const { app, page } = windows;
  const before = (await windows.rows('straight')).map(({ pid }) => pid);
  await page.evaluate(`(async () => {
    const { straight } = await globalThis.sidecars;
    globalThis.outcomes = [];
    globalThis.isRestarted = false;
    globalThis.calling = (async () => {
      while (!isRestarted) outcomes.push(await straight.wait({ ms: 5, tag: 'ok' }).catch((error) => error.message));
    })();
    globalThis.long = straight.wait({ ms: 700, tag: 'long' });
  })()`);
  await app.evaluate(() => Reflect.get(globalThis, 'testHost').restart('straight'));
  const outcomes = await page.evaluate<string[]>(
    'isRestarted = true, calling.then(() => long).then((tag) => [...new Set([...outcomes, tag])])',
  );
  expect(outcomes).toEqual(['ok', 'long']);
  const after = (await windows.rows('straight')).map(({ pid }) => pid);
  expect(after.filter((pid) => before.includes(pid))).toEqual([]);
});
