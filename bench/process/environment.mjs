/** How the processes of the benchmark learn what they are for. */
export const PEERS_VARIABLE = 'IPC_LINK_BENCH_PEERS';

/** @returns {import('../types.d.ts').Peer[]} */
export function readPeers() {
  return JSON.parse(process.env[PEERS_VARIABLE] ?? '[]');
}
