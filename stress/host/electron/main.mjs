import { app } from 'electron';
import { readArguments } from '../../process/answer-parent.mjs';

/** An Electron main process without windows, which runs the program that its arguments name, as `fork` would. */

const [{ program }] = readArguments();

app.on('window-all-closed', () => {});
// Not awaited: Electron becomes ready only after this module has been evaluated.
import(program).catch((error) => {
  console.error(error);
  app.exit(1);
});
