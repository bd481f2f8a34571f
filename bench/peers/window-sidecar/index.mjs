import { openPage } from '../../windows/open-page.mjs';
import { pageUrl } from '../../windows/scheme.mjs';
import { demo } from './contract.mjs';
import { importBuild } from './import-build.mjs';

const ENTRY = new URL('sidecar.mjs', import.meta.url);
const OPERATIONS = Object.keys(demo.operations);

/**
 * A page's calls and streams to a sidecar, through main, or with the setting `isDirect` to the sidecar itself. The setting
 * `build` names another built copy of the project.
 *
 * @type {import('../../types.d.ts').PeerModule['connect']}
 */
export async function connect({ settings }) {
  const build = typeof settings['build'] === 'string' ? settings['build'] : undefined;
  /** @type {[typeof import('ipc-link/host'), typeof import('ipc-link/electron/utility'), typeof import('ipc-link/electron/main')]} */
  const [{ SidecarHost }, { utilityLauncher }, { serveWindows, preloadPath }] = await Promise.all([
    importBuild(build, 'app/dist/host/index.js'),
    importBuild(build, 'app/dist/host/utility.js'),
    importBuild(build, 'app/dist/main/serve-windows.js'),
  ]);
  const args = build === undefined ? [] : [build];
  const host = new SidecarHost({
    sidecars: { demo: { contract: demo, entry: ENTRY, args, launcher: utilityLauncher() } },
  });
  await host.start();
  const script = build === undefined ? 'window-sidecar' : 'window-sidecar-other';
  const url = pageUrl(script);
  const stop = serveWindows(host, [{ contract: demo, operations: OPERATIONS, direct: settings['isDirect'] === true }], {
    isTrusted: (frame) => frame.url === url,
  });
  const page = await openPage(script, { preload: preloadPath });
  const [sidecar] = host.status();
  return {
    page,
    echoPid: sidecar?.pid,
    async close() {
      page.close();
      stop();
      await host.stop();
    },
  };
}
