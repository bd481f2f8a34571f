import { allowRawPorts } from '../../src/raw-port.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

/** What no link would say, each before the handshake and after it: `raw` is the port, `wait` a call that goes on. */
const junk: Readonly<Record<string, string>> = {
  text: `raw.post('anything')`,
  'an object': `raw.post({ type: 'anything', port: null })`,
  nothing: 'raw.post(undefined)',
  'a port': `raw.port.postMessage('with a port', [new MessageChannel().port1])`,
  'a part of more memory': 'raw.post(new Uint8Array(new ArrayBuffer(1_000_000), 0, 10))',
  'more taken than was sent': 'raw.post(1e9)',
  'less than nothing taken': 'raw.post(-1)',
  'no number taken': 'raw.post(NaN)',
  'the end': `raw.post(true)`,
  'bytes that are no frame': 'raw.post(new Uint8Array(1_000).fill(255))',
  'a frame of an unknown kind': 'raw.post(Uint8Array.of(0, 0, 0, 2, 99, 0))',
  'a frame that is too large': 'raw.post(Uint8Array.of(255, 255, 255, 255, 3, 0))',
  'a second hello': 'raw.post(frameOf(KINDS.hello, 0, {})), raw.post(frameOf(KINDS.hello, 0, {}))',
  'a welcome to nobody': 'raw.post(frameOf(KINDS.welcome, 0, { name: 1 })), raw.post(frameOf(KINDS.welcome, 0, 1))',
  'a request that is no object': 'raw.post(frameOf(KINDS.request, 1, [1]))',
  'a request whose body is no JSON': 'raw.post(Uint8Array.of(0, 0, 0, 7, 3, 0, 0, 0, 0, 1, 123))',
  'two requests of one number': 'wait(1), wait(1)',
  'credit that is no number': `wait(1), raw.post(frameOf(KINDS.credit, 1, 'much'))`,
};

/** How many of them are tried at once: each takes four of the sixteen ports that a page may have, beside two of its own. */
const AT_ONCE = 3;

test('junk ends the port that it comes through, and nothing else', async ({ windows, page }) => {
  const { app } = windows;
  await allowRawPorts(page);
  await inPage(page, `globalThis.items = [demo.ticks(1e9), straight.ticks(1e9)];`);
  const before = await inMain(app, 'return countServers()');
  const tryOut = ([name, code]: readonly [string, string]): Promise<void> =>
    test.step(name, () =>
      page.evaluate(`Promise.all(['app', 'straight#99'].flatMap((port) => ['open', 'greet'].map(async (way) => {
        const raw = await RawPort[way](port);
        const task = port === 'app' ? 'demo.wait' : 'straight.wait';
        const wait = (number) => raw.request(number, task, { ms: 60_000, tag: '' });
        ${code};
        await raw.until(() => raw.isClosed);
      }))).then(() => {})`),
    );
  const all = Object.entries(junk);
  for (let from = 0; from < all.length; from += AT_ONCE) await Promise.all(all.slice(from, from + AT_ONCE).map(tryOut));
  const found = await inPage(page, `return Promise.all([...items.map((each) => each.next()), demo.pid(null)])`);
  expect(found).toMatchObject([{ value: 0 }, { value: 0 }, expect.any(Number)]);
  await expect.poll(() => inMain(app, 'return countServers()')).toBeLessThanOrEqual(Number(before));
});
