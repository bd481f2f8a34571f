import { ReplyError, Server } from 'ipc-link';
import { watchTurns } from '../process/watch-turns.mjs';
import { answerParent, readArguments, tellParent } from '../process/answer-parent.mjs';

/** The process under attack: one Server with every kind of handler. An attack that ends this process is a finding. */

const [options] = readArguments();
const { name, ...serverOptions } = options;

process.on('warning', (warning) => tellParent({ type: 'warning', text: `${warning.name}: ${warning.message}` }));

const server = new Server(name, serverOptions);
server.on('error', () => {});
server.on('message', (message) => {
  if (message.isStream) return countForEver(message);
  message.progress({ seen: true });
  message.reply({ data: message.data });
  return undefined;
});
server.handle('fail', () => {
  throw new Error('It fails whenever it is asked to.');
});
server.handle('sleep', () => {});
server.handle('echo', (message) => void message.reply({ token: Reflect.get(Object(message.data), 'token') }));

/** Streams numbers until the reader stops. @param {import('ipc-link').Message} message */
async function countForEver(message) {
  const padding = 'x'.repeat(1_000);
  for (let count = 0; !message.signal.aborted; count++) await message.write({ count, padding });
}

const busiest = watchTurns();

answerParent({
  ready: () => server.whenReady(),
  /** Connects to the peer of that name, sends a request, and returns how it ended. */
  dial: async (/** @type {string} */ peer) => {
    try {
      await server.send(peer, { hello: 'there' }, { timeout: 5_000 });
      return 'reply';
    } catch (error) {
      // The attacker may reply with any error.
      if (error instanceof ReplyError) return 'reply';
      return error instanceof Error && 'code' in error ? error.code : String(error);
    } finally {
      await server.getSocket(peer)?.close();
    }
  },
  busiest,
});
