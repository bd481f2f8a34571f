import { connectPage } from '../../src/page-sidecars.ts';
import { allowRawPorts } from '../../src/raw-port.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

test('a page that is not trusted is told so at once, and asks no more', async ({ windows, openPage }) => {
  const page = await openPage('/', { isConnected: false });
  await page.goto('my://stranger/');
  const before = await inMain(windows.app, 'return countAsked()');
  await connectPage(page);
  const refusal = await page.evaluate('sidecars.catch(({ name, code, message }) => ({ name, code, message }))');
  expect(refusal).toEqual({
    name: 'LinkError',
    code: 'ERR_LINK_AUTH',
    message: expect.stringContaining('does not trust this page'),
  });
  expect(await inMain(windows.app, 'return countAsked()')).toBe(Number(before) + 1);
});

test('operations that are not listed are refused, asked for by hand too', async ({ windows, page }) => {
  expect(await inPage(page, `return ['secret' in demo, 'secret' in straight]`)).toEqual([false, false]);
  await allowRawPorts(page);
  for (const [name, task] of [
    ['app', 'demo.secret'],
    ['app', 'demo.nothing'],
    ['app', 'straight.pid'],
    ['straight#99', 'straight.secret'],
    ['straight#99', 'demo.pid'],
    ['straight#99', 'ipc-link.describe'],
  ]) {
    const reply = await page.evaluate(
      `RawPort.greet('${name}').then(async (raw) => (raw.request(7, '${task}', null), await raw.reply(7)))`,
    );
    expect(reply, task).toMatchObject({ isFailed: true, body: { code: 'ERR_LINK_NO_HANDLER' } });
  }
  expect(await inMain(windows.app, 'return demo.secret(null)')).toBe('not for windows');
});

test("authorize's error arrives as it is, and the sidecar never hears of the call", async ({ page }) => {
  const found = await inPage(
    page,
    `const error = await demo.fail('forbidden').catch((reason) => reason);
    return { message: error.message, code: error.code, isRefusal: error.isRefusal };`,
  );
  expect(found).toEqual({ message: 'demo.fail with that is forbidden.', code: 'EFORBIDDEN', isRefusal: false });
});

test('inputs are validated where the work is done', async ({ page }) => {
  await allowRawPorts(page);
  for (const [name, task] of [
    ['app', 'demo.wait'],
    ['straight#98', 'straight.wait'],
  ]) {
    const reply = await page.evaluate(
      `RawPort.greet('${name}').then(async (raw) => (raw.request(7, '${task}', { ms: 'long', tag: 1 }), await raw.reply(7)))`,
    );
    expect(reply, task).toMatchObject({
      isFailed: true,
      body: { name: 'ContractError', code: 'ERR_LINK_INVALID_INPUT' },
    });
    expect(Reflect.get(Object(reply), 'body').issues.map(({ path }: { path: unknown }) => path)).toEqual([
      ['ms'],
      ['tag'],
    ]);
  }
});

test('a page has sixteen ports at most, and the calls over those that it has go on', async ({ page }) => {
  await allowRawPorts(page);
  const found = await inPage(
    page,
    `const items = demo.ticks(1e9);
    await items.next();
    const ask = () => RawPort.greet().then((raw) => raw, ({ code }) => code);
    const all = await Promise.all(Array.from({ length: 20 }, ask));
    const ports = all.filter((port) => port instanceof RawPort);
    const item = await items.next();
    ports[0].port.close();
    await connectAgain();
    return { refused: all.filter((port) => !ports.includes(port)), ports: ports.length, item };
    async function connectAgain() {
      for (let answer = await ask(); answer === 'ERR_LINK_OVERLOADED'; answer = await ask());
    }`,
  );
  // The sixteenth is that of the page's own link.
  expect(found).toEqual({ ports: 15, refused: Array(5).fill('ERR_LINK_OVERLOADED'), item: { value: 1, done: false } });
});
