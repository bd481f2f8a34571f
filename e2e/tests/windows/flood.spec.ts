import { allowRawPorts } from '../../src/raw-port.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';
import type { WindowsApp } from '../../src/windows-app.ts';

const MIB = 1_048_576;

/** Requests of 50 bytes each, one behind the other in one block of memory. */
const manyRequests = `
  const one = frameOf(KINDS.request, 0, { id: 'a', task: 'demo.pid', data: null });
  const block = (count) => {
    const bytes = new Uint8Array(count * one.length);
    const view = new DataView(bytes.buffer);
    for (let number = 0; number < count; number++) {
      bytes.set(one, number * one.length);
      view.setUint32(number * one.length + 6, number);
    }
    return bytes;
  };
`;

/** What a page may do to keep its main process busy. */
const floods = {
  'a million requests in one message': `raw.post(block(1_200_000));`,
  'a message for each of many requests': `
    const bytes = block(30_000);
    for (let at = 0; at < bytes.length; at += one.length) raw.post(bytes.slice(at, at + one.length));
    await raw.until(() => raw.isClosed);`,
};

for (const [name, code] of Object.entries(floods)) {
  test(`a page that floods holds up no other window: ${name}`, async ({ windows, page }) => {
    await allowRawPorts(page);
    await measure(windows);
    await inPage(page, `globalThis.raw = await RawPort.greet('app'); ${manyRequests} ${code}`);
    await inPage(windows.page, 'for (let time = 0; time < 10; time++) await demo.pid(null);');
    await report(windows, name);
  });
}

for (const [port, contract] of [
  ['app', 'demo'],
  ['straight#99', 'straight'],
] as const) {
  test(`a page that reads nothing is cut off before it fills the memory: ${contract}`, async ({ windows, page }) => {
    await allowRawPorts(page);
    await measure(windows);
    const posted = await inPage<number>(
      page,
      `const raw = await RawPort.greet('${port}');
      raw.acknowledges = false;
      const request = new Uint8Array(frameOf(KINDS.request, 0, { id: 'a', task: '${contract}.same', data: 'x'.repeat(${MIB}) }));
      let number = 0;
      for (; !raw.isClosed && number < 1_000; number++) {
        new DataView(request.buffer).setUint32(6, number);
        raw.post(request.slice());
        await new Promise((resolve) => setTimeout(resolve));
      }
      return number;`,
    );
    expect(posted).toBeLessThan(1_000);
    expect(await report(windows, `${posted} MiB posted`)).toBeLessThan(600 * MIB);
    const sizes = (await windows.rows(contract)).map(({ rss }) => rss ?? 0);
    expect(Math.max(...sizes)).toBeLessThan(800 * MIB);
    await inPage(windows.page, `await demo.pid(null); await straight.pid(null);`);
  });
}

/** Starts to look at how long the main process's event loop is held up, and at its memory. */
async function measure({ app }: WindowsApp): Promise<void> {
  await inMain(
    app,
    `const { monitorEventLoopDelay } = process.getBuiltinModule('node:perf_hooks');
    globalThis.delay = monitorEventLoopDelay({ resolution: 2 });
    globalThis.rssBefore = process.memoryUsage.rss();
    delay.enable();`,
  );
}

/** Notes what was measured with the test. @returns By how many bytes the main process's memory has grown. */
async function report({ app }: WindowsApp, what: string): Promise<number> {
  const { p99, max, grown } = await inMain<Record<'p99' | 'max' | 'grown', number>>(
    app,
    `delay.disable();
    return { p99: delay.percentile(99) / 1e6, max: delay.max / 1e6, grown: process.memoryUsage.rss() - rssBefore };`,
  );
  const description = `${what}: event loop p99 ${p99.toFixed(1)} ms, most ${max.toFixed(0)} ms, memory +${(grown / MIB).toFixed(0)} MiB`;
  test.info().annotations.push({ type: 'main process', description });
  process.stdout.write(`${description}\n`);
  return grown;
}
