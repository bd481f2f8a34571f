import { Server } from 'ipc-link';

console.log('Spawned test-one!');

new Server('test-one', { retry: 1500, silent: true })
  .on('message', console.log)
  .on('error', console.error)
  .once('start', (reason) => {
    console.log('Successfully started!', reason);
  })
  .send('test-two', { content: 'Hello' })
  .then(console.log, console.error);
