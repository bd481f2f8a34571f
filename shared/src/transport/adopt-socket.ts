import { type ConnectOpts, type OnReadOpts, Socket, type SocketConstructorOpts } from 'node:net';

const HANDLE = '_handle';

/**
 * The socket that a server has accepted, made anew with `onread`. Node has no public way to that: the option is for sockets
 * that connect. So the one private field that a socket's connection is in, and the constructor's option of which the server
 * makes use, are looked at here and nowhere else.
 *
 * @returns null, with the accepted socket as it was, where the field isn't what it is in Node.
 */
export function adoptSocket(accepted: Socket, onread: OnReadOpts): Socket | null {
  const handle: unknown = Reflect.get(accepted, HANDLE);
  if (!canReadInto(handle)) return null;
  accepted.pause();
  const options: SocketConstructorOpts & ConnectOpts & { readonly handle: unknown } = { handle, onread };
  const socket = new Socket(options);
  if (Reflect.get(socket, HANDLE) !== handle) return null;
  Reflect.set(accepted, HANDLE, null);
  // The server counts the one that it has accepted, and node-ipc lists it.
  socket.once('close', () => accepted.destroy());
  return socket;
}

function canReadInto(handle: unknown): boolean {
  return typeof handle === 'object' && handle !== null && typeof Reflect.get(handle, 'useUserBuffer') === 'function';
}
