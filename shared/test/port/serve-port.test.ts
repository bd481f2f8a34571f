import { once } from 'node:events';
import { MessageChannel, type MessagePort } from 'node:worker_threads';
import { afterEach, expect, test } from 'vitest';
import { LinkError } from '../../src/link-error.ts';
import { Server } from '../../src/link/server.ts';
import { PORT_SERVER } from '../../src/port/exposure.ts';
import { refusePort } from '../../src/port/refuse-port.ts';
import { type PortLimits, servePort } from '../../src/port/serve-port.ts';
import { fromWebPort } from '../../src/transport/port.ts';
import { PortStream } from '../../src/transport/port-stream.ts';
import type { Transport } from '../../src/transport/transport.ts';
import { code } from '../support/code.ts';

const ports: MessagePort[] = [];
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.destroy();
  for (const port of ports.splice(0)) port.close();
});

/** A port whose other end is served, with what to wait for until that is gone. */
function createServed(limits: PortLimits = {}): { port: MessagePort; server: Server; gone: Promise<void> } {
  const { port1, port2 } = createChannel();
  let server: Server | undefined;
  const gone = new Promise<void>((resolve) => {
    server = servePort(fromWebPort(port2), { limits, onGone: resolve });
    servers.push(server.on('message', (message) => message.reply({ echo: message.data })));
  });
  if (server === undefined) throw new Error('no server');
  return { port: port1, server, gone };
}

function createChannel(): MessageChannel {
  const channel = new MessageChannel();
  ports.push(channel.port1, channel.port2);
  return channel;
}

/** What a page has: a Server that reaches one port, as often as it asks. */
function createPage(port: MessagePort): Server {
  const transport: Transport = {
    listen: () => Promise.reject(new Error('nobody connects to a page')),
    connect: () => Promise.resolve(new PortStream(fromWebPort(port))),
  };
  const page = new Server('page', { transport, autoStart: false, heartbeat: Infinity });
  servers.push(page);
  return page;
}

test('a page calls over its port, and is gone with it', async () => {
  const { port, server, gone } = createServed();
  const page = createPage(port);
  expect(await page.send(PORT_SERVER, 1)).toMatchObject({ echo: 1 });
  expect(server.socketNames).toStrictEqual(['page']);
  port.close();
  await gone;
  expect(server.socketNames).toStrictEqual([]);
});

test('a page that closes its port without a word is gone too', async () => {
  const { port, gone } = createServed();
  port.close();
  await gone;
});

test('junk ends the port, and nothing else', async () => {
  const { port, gone } = createServed();
  const closed = once(port, 'close');
  port.postMessage({ type: 'anything' });
  await Promise.all([gone, closed]);
});

test('a page that is refused is told why, at once', async () => {
  const { port1, port2 } = createChannel();
  refusePort(fromWebPort(port2), new LinkError('ERR_LINK_AUTH', 'not you'));
  await expect(createPage(port1).send(PORT_SERVER, 1)).rejects.toMatchObject({
    code: 'ERR_LINK_AUTH',
    message: 'not you',
  });
});

test('calls past the limit are refused', async () => {
  const { port, server } = createServed({ maxInFlight: 1 });
  server.handle('hang', () => new Promise(() => {}));
  const page = createPage(port);
  const first = page.send(PORT_SERVER, 1, { task: 'hang' });
  await expect(page.send(PORT_SERVER, 2, { task: 'hang' })).rejects.toEqual(code('ERR_LINK_OVERLOADED'));
  page.destroy();
  await expect(first).rejects.toEqual(code('ERR_LINK_CLOSED'));
});
