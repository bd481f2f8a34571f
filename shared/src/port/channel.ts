/** What a page says to its preload when it wants a port, and the channel by which the preload hands it on. */
export const CONNECT = 'ipc-link:connect';

/** The message with which the port comes back. */
export const CONNECTED = 'ipc-link:connected';

/** What a page says to itself behind its request: what comes back before the port does comes instead of it. */
export const UNANSWERED = 'ipc-link:unanswered';
