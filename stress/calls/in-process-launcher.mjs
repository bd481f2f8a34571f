import { Server } from 'ipc-link';
import { createLog, serveContract } from 'ipc-link/contract';
import { echo, handlers } from './contract.mjs';

/** @typedef {import('ipc-link/host').Launcher} Launcher */
/** @typedef {import('ipc-link/contract').LaunchInfo} LaunchInfo */

/** Runs the sidecar within the host's own process, so that one heap shows what both keep. @type {Launcher} */
export const inProcessLauncher = {
  async launch() {
    /** @type {(exit: { code: number, signal: null }) => void} */
    let end = () => {};
    /** @type {Promise<{ code: number, signal: null }>} */
    const exit = new Promise((resolve) => (end = resolve));
    /** @type {Server | null} */
    let server = null;
    const leave = () => {
      server?.destroy();
      end({ code: 0, signal: null });
    };
    return {
      pid: undefined,
      stdout: null,
      stderr: null,
      exit,
      sendLaunchInfo(info) {
        server = serveAt(info, leave);
      },
      kill: leave,
      rss: () => null,
    };
  },
};

/** @param {LaunchInfo} info @param {() => void} leave */
function serveAt({ socketRoot, host, name, secret }, leave) {
  const options = { socketRoot, appspace: '', secret: Buffer.from(secret, 'base64'), autoStart: false };
  const server = new Server(name, options).on('disconnect', leave);
  serveContract(server, echo, handlers, () => createLog(() => {}));
  server.connectTo(host).catch(leave);
  return server;
}
