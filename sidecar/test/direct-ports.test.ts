import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { Server, type Transport } from 'ipc-link';
import { type DirectLoad, type MainPort, MOVE_TASK, PORT_MESSAGE } from '#port';
import { afterEach, describe, expect, test } from 'vitest';
import { PortStream } from '../../shared/src/transport/port-stream.ts';
import { fromWebPort } from '../../shared/src/transport/port.ts';
import { DirectPorts } from '../src/direct-ports.ts';

const closers: (() => void)[] = [];

afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** Node's port in the shape of Electron's. */
function toMainPort(port: MessagePort): MainPort {
  return {
    postMessage: (message) => port.postMessage(message),
    close: () => port.close(),
    start: () => port.start(),
    on: (type: string, listener: (event: { readonly data: unknown }) => void) =>
      port.on(type, (data: unknown) => listener({ data })),
  };
}

/** The ports of a process with two operations, one of which runs until it is told to end. */
function createPorts(): { ports: DirectPorts; loads: DirectLoad[]; end: () => void } {
  const loads: DirectLoad[] = [];
  const ends: (() => void)[] = [];
  const ports = new DirectPorts({
    report: (load) => loads.push(load),
    serve(server) {
      server.handle('work.echo', (message) => message.reply({ value: message.data }));
      server.handle('work.hold', async (message) => {
        await new Promise<void>((resolve) => ends.push(resolve));
        message.reply({ value: 'held' });
      });
    },
  });
  return { ports, loads, end: () => ends.splice(0).forEach((resolve) => resolve()) };
}

/** A page with one port, whose process is told to serve these operations there. */
function connectPage(ports: DirectPorts, name: string, operations = ['work.echo', 'work.hold']): Server {
  const { port1, port2 } = new MessageChannel();
  closers.push(() => {
    port1.close();
    port2.close();
  });
  ports.add(toMainPort(port2), { type: PORT_MESSAGE, name, operations, limits: {} });
  const transport: Transport = {
    listen: () => Promise.reject(new Error('nobody connects to a page')),
    connect: () => Promise.resolve(new PortStream(fromWebPort(port1))),
  };
  const page = new Server('page', { transport, autoStart: false, heartbeat: Infinity, maxRetries: 0 });
  page.on('error', () => {});
  closers.push(() => page.destroy());
  return page;
}

test('a page calls what it may, and nothing else', async () => {
  const { ports } = createPorts();
  const page = connectPage(ports, 'work#1', ['work.echo']);
  expect(await page.send('work#1', 5, { task: 'work.echo' })).toMatchObject({ value: 5 });
  await expect(page.send('work#1', 5, { task: 'work.hold' })).rejects.toMatchObject({ code: 'ERR_LINK_NO_HANDLER' });
});

test('the load counts handlers, those too whose call was given up', async () => {
  const { ports, loads, end } = createPorts();
  const page = connectPage(ports, 'work#1');
  await page.connectTo('work#1');
  const controller = new AbortController();
  const held = page.send('work#1', null, { task: 'work.hold', signal: controller.signal });
  held.catch(() => {});
  await expect.poll(() => ports.load).toMatchObject({ inFlight: 1, abandoned: 0 });
  controller.abort();
  await expect.poll(() => ports.load).toMatchObject({ inFlight: 1, abandoned: 1 });
  end();
  await expect.poll(() => ports.load.inFlight).toBe(0);
  await expect.poll(() => loads.at(-1)).toMatchObject({ inFlight: 0, durations: [expect.any(Number)] });
});

describe('moving', () => {
  test('every page hears of it, and what it has begun goes on', async () => {
    const { ports, end } = createPorts();
    const page = connectPage(ports, 'work#1');
    const moved: string[] = [];
    page.handle(MOVE_TASK, (message) => {
      moved.push(message.sentBy);
      message.reply();
    });
    const held = page.send('work#1', null, { task: 'work.hold' });
    await expect.poll(() => ports.load.inFlight).toBe(1);
    expect(await ports.movePages()).toMatchObject({ inFlight: 1 });
    expect(moved).toEqual(['work#1']);
    const gone = once(page, 'disconnect');
    end();
    expect(await held).toMatchObject({ value: 'held' });
    await gone;
  });

  test('a port that comes later is closed', async () => {
    const { ports } = createPorts();
    await ports.movePages();
    await expect(connectPage(ports, 'work#2').connectTo('work#2')).rejects.toMatchObject({ code: 'ERR_LINK_CONNECT' });
  });
});
