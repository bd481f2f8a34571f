/**
 * Type of the message that a page posts to its own window to ask the preload for a port, and the IPC channel by which the
 * preload sends the other end of that port to the main process.
 */
export const CONNECT = 'ipc-link:connect';

/** Type of the message with which the preload posts the port to the page. */
export const CONNECTED = 'ipc-link:connected';

/**
 * Type of the message that a page posts to its own window when its request for a port arrives there. A preload that calls
 * `handOverPorts` has seen the request before the page and has posted the port by then. A window's messages arrive in the
 * order in which they were posted, so that a page which receives this message before a port has no such preload.
 */
export const UNANSWERED = 'ipc-link:unanswered';
