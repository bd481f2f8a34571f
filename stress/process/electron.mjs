import { fileURLToPath } from 'node:url';
import { prepareElectron } from '@ipc-link/app/launch';

const APP = fileURLToPath(new URL('../host/electron', import.meta.url));

/**
 * Lends an Electron, found by the rules of `npm start`.
 *
 * @template Result
 * @param {(electron: import('./child.mjs').Runtime) => Promise<Result>} use
 */
export async function withElectron(use) {
  const electron = await prepareElectron();
  try {
    const { executablePath, args, env } = electron;
    return await use({ executable: executablePath, args: [...args, APP], env });
  } finally {
    await electron.close();
  }
}
