const { Server } = require('ipc-link');

console.log('Spawned test-two!');

new Server('test-two', { retry: 1500, silent: true })
  .on('message', (message) => {
    message.reply({ response: `${message.data.content} world!` });
  })
  .on('error', console.error)
  .once('start', (reason) => {
    console.log('Successfully started!', reason);
  });
