import { mkdtempSync, rmSync } from 'node:fs';
import { connect as connectTcp, createServer, type Server as NetServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { Server } from '../../src/link/server.ts';
import { tlsTransport, type TlsTransport, type TlsTransportOptions } from '../../src/transport/tls/index.ts';
import { End } from '../support/bytes.ts';
import { createAuthority, type Identity } from '../support/certificates.mjs';
import { code } from '../support/code.ts';
import { onlyUnix } from '../support/left-out.ts';

const folder = mkdtempSync(join(tmpdir(), 'link-'));
let host: Identity;
let guest: Identity;
let elsewhere: Identity;
let stranger: Identity;

beforeEach(() => onlyUnix('openssl'));
beforeAll(() => {
  if (process.platform === 'win32') return;
  const ours = createAuthority(folder);
  host = ours.issue('host');
  guest = ours.issue('guest', { names: 'DNS:guest' });
  elsewhere = ours.issue('elsewhere', { names: 'DNS:elsewhere' });
  stranger = createAuthority(mkdtempSync(join(folder, 'other-'))).issue('stranger');
});
afterAll(() => rmSync(folder, { recursive: true }));

function never(): AbortSignal {
  return new AbortController().signal;
}

/** Listens as 'host' with its own certificate, and keeps every stream. */
async function listen(
  options: Partial<TlsTransportOptions> = {},
): Promise<{ transport: TlsTransport; port: number; ends: End[] }> {
  const transport = tlsTransport({ host: '127.0.0.1', port: 0, ...host, ...options });
  const ends: End[] = [];
  const listener = await transport.listen('host', (stream) => ends.push(new End(stream)));
  onTestFinished(() => {
    listener.close();
    for (const { stream } of ends) stream.destroy();
  });
  const { port } = transport;
  if (port === undefined) throw new Error('it does not listen');
  return { transport, port, ends };
}

function dialer(port: number, options: Partial<TlsTransportOptions> = {}): TlsTransport {
  return tlsTransport({ host: '127.0.0.1', port, ...guest, ...options });
}

/** Opens a plain connection, and resolves once the other end has closed it. */
function closedBy(port: number, say: (socket: Socket) => void): Promise<void> {
  const socket = connectTcp({ host: '127.0.0.1', port }, () => say(socket));
  socket.on('error', () => {}).resume();
  return new Promise((resolve) => socket.once('close', () => resolve()));
}

test('Servers with certificates of one authority call each other, each name at the same port', async () => {
  const transport = tlsTransport({ host: '127.0.0.1', port: 0, ...host });
  const secret = Buffer.alloc(32, 1);
  const servers = ['one', 'two'].map((name) => new Server(name, { transport, secret, autoStart: false }));
  for (const server of servers) server.handle('who', (message) => message.reply(server.name)).start();
  await Promise.all(servers.map((server) => server.whenReady()));
  const caller = new Server('caller', { transport: dialer(transport.port ?? 0), secret, autoStart: false });
  const names = ['one', 'two'].map(async (name) => {
    await caller.connectTo(name);
    return caller.send(name, null, { task: 'who' });
  });
  expect((await Promise.all(names)).map(({ data }) => data)).toStrictEqual(['one', 'two']);
  await Promise.all([caller, ...servers].map((server) => server.close()));
  expect(transport.port).toBeUndefined();
});

test('a stranger’s certificate, none at all, and a certificate of another host open nothing', async () => {
  const { port, ends } = await listen();
  const refused = code('ERR_LINK_CONNECT');
  await expect(dialer(port, { ...stranger, ca: host.ca }).connect('host', never())).rejects.toEqual(refused);
  // A listener whose authority is not ours is no host of ours.
  await expect(dialer(port, { ca: stranger.ca }).connect('host', never())).rejects.toEqual(refused);
  await expect(dialer(port, { servername: 'elsewhere' }).connect('host', never())).rejects.toThrow(/elsewhere/);
  const bare = connectTls({ host: '127.0.0.1', port, ca: host.ca, ALPNProtocols: ['ipc-link/1'] });
  bare.on('error', () => {}).resume();
  await new Promise((resolve) => bare.once('close', resolve));
  expect(ends).toStrictEqual([]);
  const there = await listen(elsewhere);
  await expect(dialer(there.port).connect('host', never())).rejects.toThrow(/IP: 127\.0\.0\.1/);
  const end = new End(await dialer(there.port, { servername: 'elsewhere' }).connect('host', never()));
  end.stream.destroy();
});

test('one who speaks TLS but another protocol is not listened to', async () => {
  const { port, ends } = await listen();
  const socket = connectTls({ host: '127.0.0.1', port, ...guest, ALPNProtocols: ['http/1.1'] });
  socket.on('error', () => {}).resume();
  await new Promise((resolve) => socket.once('close', resolve));
  expect(ends).toStrictEqual([]);
});

test('junk, a cut connection and silence end by themselves, before TLS and after it', async () => {
  const { port, ends } = await listen({ handshakeTimeout: 200 });
  await closedBy(port, (socket) => socket.write('GET / HTTP/1.1\r\n\r\n'));
  await closedBy(port, (socket) => socket.write(Buffer.of(0x16, 3, 1, 2, 0, 1)));
  await closedBy(port, (socket) => socket.end());
  await closedBy(port, () => {});
  const greetings = [Buffer.of(), Buffer.of(0), Buffer.of(0, 0), Buffer.of(255, 255, 1), Buffer.of(0, 9, 1, 2)];
  await Promise.all(
    greetings.map((greeting) => {
      const socket = connectTls({ host: '127.0.0.1', port, ...guest, ALPNProtocols: ['ipc-link/1'] });
      socket.on('error', () => {}).resume();
      socket.write(greeting);
      return new Promise((resolve) => socket.once('close', resolve));
    }),
  );
  expect(ends).toStrictEqual([]);
  const end = new End(await dialer(port).connect('host', never()));
  end.write('still here');
  while (ends.length === 0) await new Promise(setImmediate);
  await ends[0]?.until(({ text }) => text === 'still here');
  end.stream.destroy();
});

test('a listener that accepts and says nothing, or something else, is given up', async () => {
  const silent = await listenBare(() => {});
  await expect(dialer(silent, { handshakeTimeout: 100 }).connect('host', never())).rejects.toThrow(
    /no answer within 100 ms/,
  );
  const rude = await listenBare((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await expect(dialer(rude).connect('host', never())).rejects.toEqual(code('ERR_LINK_CONNECT'));
  const controller = new AbortController();
  const aborted = dialer(silent).connect('host', controller.signal);
  controller.abort();
  await expect(aborted).rejects.toEqual(code('ERR_LINK_CONNECT'));
});

test('a peer whose connection is cut without a word closes at the other end', async () => {
  const { port, ends } = await listen();
  const wire = await relay(port);
  const near = new End(await dialer(wire.port).connect('host', never()));
  near.write('hello');
  while (ends.length === 0) await new Promise(setImmediate);
  await ends[0]?.until(({ text }) => text === 'hello');
  wire.cut();
  await ends[0]?.until(({ closes }) => closes === 1);
  await near.until(({ closes }) => closes === 1);
});

test('a half-open peer still gets what was written before it ended', async () => {
  const { port, ends } = await listen();
  const near = new End(await dialer(port).connect('host', never()));
  near.write('question');
  near.stream.end();
  while (ends.length === 0) await new Promise(setImmediate);
  await ends[0]?.until(({ closes }) => closes === 1);
  expect(ends[0]?.text).toBe('question');
  await near.until(({ closes }) => closes === 1);
});

test('more connections than allowed are closed, and those that are there go on', async () => {
  const { port, ends } = await listen({ maxConnections: 2 });
  const near = await Promise.all([1, 2].map(() => dialer(port).connect('host', never())));
  await expect(dialer(port).connect('host', never())).rejects.toEqual(code('ERR_LINK_CONNECT'));
  const [first] = near;
  if (first === undefined) throw new Error('nobody is connected');
  const end = new End(first);
  end.write('still here');
  while (!ends.some(({ text }) => text === 'still here')) await new Promise(setImmediate);
  for (const stream of near) stream.destroy();
});

test('bytes that come with the name are the first of the stream', async () => {
  const { port, ends } = await listen();
  const socket = connectTls({ host: '127.0.0.1', port, ...guest, ALPNProtocols: ['ipc-link/1'] });
  socket.on('error', () => {}).resume();
  socket.write(Buffer.concat([Buffer.of(0, 4), Buffer.from('host'), Buffer.from('and more')]));
  while (ends.length === 0) await new Promise(setImmediate);
  await ends[0]?.until(({ text }) => text === 'and more');
  socket.destroy();
});

test('options that can’t be are refused by their names', () => {
  const given = { host: '127.0.0.1', port: 0, ...host };
  const refused = (options: object): unknown => {
    try {
      return Reflect.apply(tlsTransport, undefined, [options]);
    } catch (error) {
      return error instanceof Error ? `${Reflect.get(error, 'code')} ${error.message}` : error;
    }
  };
  expect([
    refused({ ...given, host: '' }),
    refused({ ...given, port: 65_536 }),
    refused({ ...given, ca: '/etc/ca.pem' }),
    refused({ ...given, key: undefined }),
    refused({ ...given, handshakeTimeout: 0 }),
  ]).toMatchInlineSnapshot(`
    [
      "ERR_LINK_INVALID_ARGUMENT tlsTransport({ host }): must be text that is not empty.",
      "ERR_LINK_INVALID_ARGUMENT tlsTransport({ port }): must be a whole number from 0 to 65535.",
      "ERR_LINK_INVALID_ARGUMENT tlsTransport({ ca }): must be PEM, as text or bytes.",
      "ERR_LINK_INVALID_ARGUMENT tlsTransport({ key }): must be PEM, as text or bytes.",
      "ERR_LINK_INVALID_ARGUMENT tlsTransport({ handshakeTimeout }): must be a number from 1 on.",
    ]
  `);
});

test('a key of another certificate, and a port that is taken, are told as such', async () => {
  const mixed = tlsTransport({ host: '127.0.0.1', port: 0, ...host, key: guest.key });
  await expect(mixed.listen('host', () => {})).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
  await expect(mixed.connect('host', never())).rejects.toEqual(code('ERR_LINK_INVALID_ARGUMENT'));
  const { port } = await listen();
  const second = tlsTransport({ host: '127.0.0.1', port, ...host });
  await expect(second.listen('host', () => {})).rejects.toEqual(code('ERR_LINK_LISTEN'));
});

/** Listens without TLS. */
async function listenBare(onSocket: (socket: Socket) => void): Promise<number> {
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket.on('error', () => {}));
    onSocket(socket);
  });
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return portOf(server);
}

/** Passes bytes on to a port until it is cut. */
async function relay(target: number): Promise<{ port: number; cut: () => void }> {
  const sockets: Socket[] = [];
  const port = await listenBare((socket) => {
    const other = connectTcp({ host: '127.0.0.1', port: target }).on('error', () => {});
    socket.pipe(other).pipe(socket);
    sockets.push(socket, other);
  });
  return { port, cut: () => sockets.forEach((socket) => socket.resetAndDestroy()) };
}

async function portOf(server: NetServer): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('it has no port');
  return address.port;
}
