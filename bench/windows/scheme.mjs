import { readFile } from 'node:fs/promises';
import { protocol } from 'electron';
import { PAGES } from './folder.mjs';

const SCHEME = 'bench';

/** Isolated from other origins: the clock of such a page ticks every 5 µs, that of any other every 100. */
const ISOLATION = { 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp' };

/** To be called before Electron is ready. */
export function registerBenchScheme() {
  protocol.registerSchemesAsPrivileged([{ scheme: SCHEME, privileges: { standard: true, secure: true } }]);
}

/** Serves `bench://pages/NAME`: a page that runs the script of that name. */
export function serveBenchScheme() {
  protocol.handle(SCHEME, async ({ url }) => {
    const { pathname } = new URL(url);
    if (!pathname.endsWith('.js'))
      return respond(
        `<meta http-equiv="content-security-policy" content="script-src 'self'"><script type="module" src="${pathname}.js"></script>`,
        'text/html',
      );
    return respond(new Uint8Array(await readFile(new URL(`.${pathname}`, PAGES))), 'text/javascript');
  });
}

/** @param {string} name */
export function pageUrl(name) {
  return `${SCHEME}://pages/${name}`;
}

/** @param {string | Uint8Array<ArrayBuffer>} body @param {string} type */
function respond(body, type) {
  return new Response(body, { headers: { 'content-type': type, ...ISOLATION } });
}
