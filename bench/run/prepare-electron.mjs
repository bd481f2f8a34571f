/** @typedef {import('../../app/dist/launch/index.js').PreparedElectron} PreparedElectron */

/**
 * An Electron that can be started here, by the rules of `npm start`.
 *
 * @param {(note: string) => void} note Called with the reason where there is none.
 * @returns {Promise<PreparedElectron | null>}
 */
export async function prepareElectron(note) {
  try {
    const launch = await import('../../app/dist/launch/index.js');
    return await launch.prepareElectron();
  } catch (error) {
    note(`The rows that need Electron were left out: ${error instanceof Error ? error.message : String(error)}`);
    return null;
  }
}
