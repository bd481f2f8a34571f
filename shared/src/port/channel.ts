/** What a page says to its preload when it wants a port, and the channel by which the preload hands it on. */
export const CONNECT = 'ipc-link:connect';

/** The message with which the port comes back. */
export const CONNECTED = 'ipc-link:connected';
