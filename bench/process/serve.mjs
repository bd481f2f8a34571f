/**
 * Runs the second process's part of a peer.
 *
 * @param {string | undefined} argument What it is for, as JSON.
 */
export async function serve(argument) {
  /** @type {{ peer: import('../types.d.ts').Peer, folder: string }} */
  const { peer, folder } = JSON.parse(argument ?? '');
  /** @type {import('../types.d.ts').PeerModule} */
  const module = await import(`../peers/${peer.module}.mjs`);
  await module.serve?.({ settings: peer.settings, folder });
}
