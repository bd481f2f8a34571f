import { launch } from './launch.ts';

// The reader of the output may end first, as in `npm start -- --help | head -1`, which is not a failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await launch(process.argv.slice(2));
