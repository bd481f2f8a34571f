import { prepareElectron } from '#launch';

/** What the tests need to know of the Electron that was prepared; workers inherit it with the environment. */
export const ELECTRON_VARIABLE = 'IPC_LINK_E2E_ELECTRON';

export interface E2eElectron {
  readonly executablePath: string;
  readonly args: readonly string[];
}

/** Finds Electron and a display once for all tests, by the same rules as `npm start`. */
export default async function prepare(): Promise<() => Promise<void>> {
  const electron = await prepareElectron({ screen: '1400x1000x24' });
  const { executablePath, args, env } = electron;
  Object.assign(process.env, env, {
    [ELECTRON_VARIABLE]: JSON.stringify({ executablePath, args } satisfies E2eElectron),
  });
  return () => electron.close();
}
