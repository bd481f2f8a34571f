import { prepareElectron } from '#launch';

/** Environment variable that describes the prepared Electron to the tests' worker processes. */
export const ELECTRON_VARIABLE = 'IPC_LINK_E2E_ELECTRON';

export interface E2eElectron {
  readonly executablePath: string;
  readonly args: readonly string[];
}

/** Finds Electron and a display once for all tests, as `npm start` does. */
export default async function prepare(): Promise<() => Promise<void>> {
  const electron = await prepareElectron({ screen: '1400x1000x24' });
  const { executablePath, args, env } = electron;
  Object.assign(process.env, env, {
    [ELECTRON_VARIABLE]: JSON.stringify({ executablePath, args } satisfies E2eElectron),
  });
  return () => electron.close();
}
