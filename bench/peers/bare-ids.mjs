import { once } from 'node:events';
import { connect as connectSocket } from 'node:net';
import { createReader, encodeJson } from './bare-frames.mjs';
import { Outbox } from './bare-outbox.mjs';

export { serve } from './bare.mjs';

/**
 * The bare socket with the least that makes a request of a message: an id, and a Map of those that wait. It shows what of
 * the distance to the bare socket is the price of answers that may come in any order.
 *
 * @type {import('../types.d.ts').PeerModule['connect']}
 */
export async function connect({ folder, startEcho }) {
  const echoPid = await startEcho();
  const socket = connectSocket(`${folder}bare`);
  await once(socket, 'connect');
  const outbox = new Outbox(socket);
  /** @type {Map<number, (answer: any) => void>} */
  const pending = new Map();
  let last = 0;
  const add = (/** @type {number} */ id) => new Promise((resolve) => void pending.set(id, resolve));
  socket.on(
    'data',
    createReader((_, body) => {
      const { id, data } = JSON.parse(body.toString());
      pending.get(id)?.(data);
      pending.delete(id);
    }),
  );
  return {
    echoPid,
    echo(value) {
      const id = ++last;
      socket.write(encodeJson({ id, data: value }));
      return add(id);
    },
    echoMany(value) {
      const id = ++last;
      outbox.push(encodeJson({ id, data: value }));
      return add(id);
    },
    close: async () => void socket.destroy(),
  };
}
