/** What both sides have to name within TLS (ALPN), so that no other protocol's server or client is mistaken for one of these. */
export const PROTOCOL = 'ipc-link/1';

/** After so long without a byte the system asks whether the other machine is still there. It gives up some ten seconds later. */
export const KEEP_ALIVE_MS = 1_000;
