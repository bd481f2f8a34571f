import { Server } from 'ipc-link';

console.log('Spawned test-two!');

new Server('test-two', { retry: 1500, silent: true })
  .on('message', (message) => {
    message.reply({ response: `${readContent(message.data)} world!` });
  })
  .on('error', console.error)
  .once('start', (reason) => {
    console.log('Successfully started!', reason);
  });

/** What comes from another process is `unknown` until it was looked at. */
function readContent(data: unknown): string {
  if (typeof data !== 'object' || data === null || !('content' in data) || typeof data.content !== 'string')
    throw new TypeError('The message has no content.');
  return data.content;
}
