// Two Servers without a host, each in a process: start it as 'one' in one runtime and as 'two' in another, in any order.
import { Server } from 'ipc-link';
import { nameRuntime } from './name.mjs';

const [name = 'one', socketRoot = '/tmp/'] = process.argv.slice(2);
const server = new Server(name, { socketRoot, secret: 'known to both' }).on('error', console.error);
if (name === 'two') {
  server.on('message', (message) => {
    message.progress(`from ${nameRuntime()}`);
    message.reply({ text: `${message.data.text} world!` });
  });
  server.on('disconnect', () => server.close());
} else {
  const reports = [];
  const reply = await server.send('two', { text: 'Hello' }, { timeout: 20_000, onProgress: (it) => reports.push(it) });
  console.log(`${nameRuntime()}: ${String(reply.text)} (${reports.join(', ')})`);
  await server.close();
}
