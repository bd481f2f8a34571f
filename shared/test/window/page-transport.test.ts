import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { CONNECT, CONNECTED } from '../../src/port/channel.ts';
import type { ByteStream } from '../../src/transport/transport.ts';
import { type PageMessage, PageTransport, type PageWindow } from '../../src/window/page-transport.ts';
import { code } from '../support/code.ts';

const ports: MessagePort[] = [];

afterEach(() => {
  for (const port of ports.splice(0)) port.close();
});

type Listener = (event: PageMessage) => void;

/** A page's window: what is posted to it is heard one after the other, by its listeners in the order in which they came. */
class FakeWindow implements PageWindow {
  readonly listeners: Listener[] = [];

  postMessage(data: unknown): void {
    this.post({ source: this, data, ports: [] });
  }

  post(message: PageMessage): void {
    setImmediate(() => {
      for (const listener of [...this.listeners]) listener(message);
    });
  }

  addEventListener(_type: string, listener: Listener): void {
    this.listeners.push(listener);
  }

  removeEventListener(_type: string, listener: Listener): void {
    this.listeners.splice(this.listeners.indexOf(listener), 1);
  }
}

/** A window whose preload hands out ports. @returns The other ends of these, by the name that was asked for. */
function addPreload(window: FakeWindow): Map<string, MessagePort> {
  const ends = new Map<string, MessagePort>();
  window.addEventListener('message', ({ data }) => {
    const { type, id, name }: { type?: unknown; id?: unknown; name?: unknown } = Object(data);
    if (type !== CONNECT) return;
    const { port1, port2 } = new MessageChannel();
    ports.push(port1, port2);
    ends.set(String(name), port2);
    window.post({ source: window, data: { type: CONNECTED, id }, ports: [port1] });
  });
  return ends;
}

function connect(window: FakeWindow, signal = new AbortController().signal): Promise<ByteStream> {
  return new PageTransport(window).connect('app', signal);
}

test('a page gets a port from its preload', async () => {
  const window = new FakeWindow();
  const ends = addPreload(window);
  const stream = await connect(window);
  const arrived = new Promise((resolve) => ends.get('app')?.once('message', resolve));
  stream.open({ data: () => {}, drain: () => {}, close: () => {} });
  stream.write([Buffer.from('hello')]);
  expect(Buffer.from(Object(await arrived)).toString()).toBe('hello');
  expect(window.listeners).toHaveLength(1);
});

test('each of two that ask at once gets its own', async () => {
  const window = new FakeWindow();
  const ends = addPreload(window);
  const transport = new PageTransport(window);
  const [one, other] = await Promise.all(
    ['one', 'other'].map((name) => transport.connect(name, new AbortController().signal)),
  );
  expect(one).not.toBe(other);
  expect([...ends.keys()]).toStrictEqual(['one', 'other']);
});

test('a page without a preload is told so', async () => {
  const window = new FakeWindow();
  await expect(connect(window)).rejects.toEqual(code('ERR_LINK_NO_PRELOAD'));
  expect(window.listeners).toHaveLength(0);
});

test('ports from elsewhere, or for somebody else, are left alone', async () => {
  const window = new FakeWindow();
  const { port1, port2 } = new MessageChannel();
  ports.push(port1, port2);
  const connected = connect(window);
  window.post({ source: {}, data: { type: CONNECTED, id: 'mine' }, ports: [port1] });
  window.post({ source: window, data: { type: CONNECTED, id: 'mine' }, ports: [port1] });
  window.post({ source: window, data: null, ports: [port1] });
  await expect(connected).rejects.toEqual(code('ERR_LINK_NO_PRELOAD'));
});

test('who no longer wants one leaves nothing behind', async () => {
  const window = new FakeWindow();
  const controller = new AbortController();
  const connected = connect(window, controller.signal);
  controller.abort();
  await expect(connected).rejects.toEqual(code('ERR_LINK_CONNECT'));
  expect(window.listeners).toHaveLength(0);
});
