import { launch } from './launch.ts';

// Whoever read our output may be gone before us (`npm start -- --help | head -1`); that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

process.exitCode = await launch(process.argv.slice(2));
