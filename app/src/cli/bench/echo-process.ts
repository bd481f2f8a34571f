import { createServer } from 'node:net';
import { Server } from 'ipc-link';
import { answerBare } from './bare-socket.ts';

/** The other process of `ipc-link bench`: both echoes. Its argument is the folder for their sockets. */
const [, , folder = ''] = process.argv;
const server = new Server('echo', { socketRoot: folder, appspace: '', autoStart: false });
server.handle('echo', (message) => message.reply({ value: message.data }));
await server.start().whenReady();
const bare = createServer(answerBare);
await new Promise<void>((resolve) => void bare.listen(`${folder}bare`, resolve));
process.once('disconnect', () => process.exit());
process.send?.('ready');
