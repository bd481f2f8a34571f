import { app } from 'electron';
import { readArguments } from '../../process/answer-parent.mjs';

/** An Electron main process without windows that runs what it is told to, as `fork` would. */

const [{ program }] = readArguments();

app.on('window-all-closed', () => {});
// Not awaited here: Electron gets ready only after this module has run.
import(program).catch((error) => {
  console.error(error);
  app.exit(1);
});
