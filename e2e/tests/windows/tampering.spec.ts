import type { CDPSession, Page } from '@playwright/test';
import { connectPage, pageScript } from '../../src/page-sidecars.ts';
import { expect, inMain, inPage, test } from '../../src/window-pages.ts';

/** What a page may do to its own JavaScript. `spy` lets a method do its work, and notes what it is given. */
const tampering: Readonly<Record<string, string>> = {
  Promise: `spyOn(Promise.prototype, 'then'); globalThis.Promise = class extends Promise {};`,
  'methods of lists': `for (const name of ['push', 'pop', 'map', 'filter', 'slice', 'splice']) spyOn(Array.prototype, name);`,
  'iterators of lists': `spyOn(Array.prototype, Symbol.iterator);`,
  'asynchronous iterators': `spyOn(Object.getPrototypeOf(Object.getPrototypeOf(async function* () {}.prototype)), Symbol.asyncIterator);`,
  AbortSignal: `globalThis.AbortSignal = class {}; globalThis.AbortController = class { signal = {}; abort() {} };`,
  Map: `for (const name of ['get', 'set', 'has', 'delete']) spyOn(Map.prototype, name);`,
  ports: `for (const name of ['postMessage', 'start', 'close']) spyOn(MessagePort.prototype, name);`,
  listeners: `for (const name of ['addEventListener', 'dispatchEvent']) spyOn(EventTarget.prototype, name);`,
  'messages to itself': `for (const name of ['postMessage', 'MessageChannel']) spyOn(globalThis, name);`,
  'bytes and text': `spyOn(Object.getPrototypeOf(Uint8Array.prototype), 'subarray'); spyOn(TextEncoder.prototype, 'encodeInto');`,
  'properties of all objects': `for (const name of ['port', 'type', 'id', 'name', 'data', 'ports', 'source', 'kind', 'then'])
    Object.defineProperty(Object.prototype, name, { configurable: true, set(value) { note(value); }, get() { note(this); } });`,
  'the events of messages': `for (const name of ['data', 'ports', 'source'])
    Object.defineProperty(MessageEvent.prototype, name, { get() { note(this); return globalThis; } });`,
  'everything broken': `for (const { prototype } of [Map, Set, Array, Function, MessagePort, Uint8Array, Promise])
    for (const name of Object.getOwnPropertyNames(prototype)) try { prototype[name] = () => { throw new Error(name); }; } catch {}`,
};

/** Notes what is not of the page's own realm: an object of its preload's would be such a thing. */
const notes = `{
  const { getPrototypeOf } = Object;
  const { apply } = Reflect;
  let seen = 0;
  let foreign = 0;
  globalThis.note = (value) => {
    seen++;
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return;
    let last = value;
    for (let next = value; next !== null; next = getPrototypeOf(next)) last = next;
    if (last !== Object.prototype && last !== value) foreign++;
  };
  globalThis.spyOn = (holder, name) => {
    const method = holder[name];
    holder[name] = function () {
      note(this);
      for (let index = 0; index < arguments.length; index++) note(arguments[index]);
      return new.target === undefined ? apply(method, this, arguments) : new method();
    };
  };
  globalThis.countForeign = () => seen + ' seen, ' + foreign + ' foreign';
}`;

/** Runs code in the page with no help of the page's own JavaScript, which may be broken. @returns What it says as text. */
async function run(session: CDPSession, expression: string): Promise<unknown> {
  const { result } = await session.send('Runtime.evaluate', { expression });
  return result.value;
}

async function connect(page: Page): Promise<void> {
  await connectPage(page);
  await page.evaluate('sidecars.then(() => {})');
}

for (const order of ['before', 'after']) {
  test(`a page that changes its own JavaScript ${order} it connects gains nothing`, async ({ windows, openPage }) => {
    const { app } = windows;
    const other = await openPage();
    const page = await openPage('/', { isConnected: false });
    const session = await app.context().newCDPSession(page);
    await inPage(other, 'globalThis.items = demo.ticks(1e9);');
    for (const [name, code] of Object.entries(tampering)) {
      await page.goto('my://app/');
      await run(session, notes);
      if (order === 'after') await connect(page);
      await run(session, `{ ${code} }`);
      if (order === 'before') await run(session, pageScript);
      // It may well have broken its own calls: what counts is what it reaches.
      await run(
        session,
        `{ try { void sidecars.then(({ demo, straight }) => [demo, straight].map((each) => each.pid(null))); } catch {} }`,
      );
      expect(await inPage(other, 'return (await items.next()).done'), name).toBe(false);
      expect(await inMain(app, `return demo.wait({ ms: 1, tag: 'main' })`), name).toBe('main');
      expect(await run(session, 'countForeign()'), name).toMatch(/ 0 foreign$/);
      const reached = `['require', 'process', 'ipcRenderer', 'electron'].filter((name) => name in globalThis).join()`;
      if (name !== 'everything broken') expect(await run(session, reached), name).toBe('');
    }
  });
}
