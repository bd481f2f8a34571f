import { statSync } from 'node:fs';
import { join, normalize, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { app, net, protocol } from 'electron';
import { lateServeAppError } from './errors.ts';

/** Options of `serveApp`. */
export interface ServeAppOptions {
  /** Absolute path of the folder with the pages' files. It may be inside the app's asar archive. Nothing outside it is served. */
  readonly folder: string;
  /** The Content-Security-Policy of every answer. @default the app's own scripts, styles and images, images that a page makes itself (`data:`, `blob:`), no frames and no forms */
  readonly contentSecurityPolicy?: string;
}

/** The addresses of the pages that `serveApp` serves. */
export interface ServedApp {
  /** The address of the folder's `index.html`, for `window.loadURL`. */
  readonly url: string;
  /** Whether an address is one of the app's own. Use it in `isTrusted` of `serveWindows` and in `will-navigate`. */
  readonly isOwn: (url: string) => boolean;
}

const SCHEME = 'app';
const ORIGIN = `${SCHEME}://ipc-link`;

const ownContentOnly = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Serves the app's pages from a folder under the scheme `app://` in the default session. Unlike `file://`, the scheme gives
 * the pages an origin, lets them load no files outside the folder, and works with the fuse
 * `grantFileProtocolExtraPrivileges` off.
 *
 * Call it once, at the top of the main process: Electron registers privileged schemes only before it is ready, and only the
 * first time. An app that registers schemes itself can't use it, and serves its pages by `protocol.handle` instead.
 *
 * @throws LinkError `ERR_SIDECAR_CONFIG` when the app is already ready.
 */
export function serveApp({ folder, contentSecurityPolicy = ownContentOnly }: ServeAppOptions): ServedApp {
  if (app.isReady()) throw lateServeAppError();
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
  const root = resolve(folder);
  const handle = async ({ url, method }: Request): Promise<Response> => {
    const path = method === 'GET' && isOwn(url) ? findFile(root, new URL(url).pathname) : null;
    if (path === null) return new Response(null, { status: 404 });
    const { body, status, headers: found } = await net.fetch(pathToFileURL(path).href);
    const headers = new Headers(found);
    headers.set('Content-Security-Policy', contentSecurityPolicy);
    headers.set('X-Content-Type-Options', 'nosniff');
    return new Response(body, { status, headers });
  };
  void app.whenReady().then(() => protocol.handle(SCHEME, handle));
  return { url: `${ORIGIN}/index.html`, isOwn };
}

function isOwn(url: string): boolean {
  return url.startsWith(`${ORIGIN}/`);
}

/** @returns The path of the file, or null where the folder has no such file. */
function findFile(root: string, pathname: string): string | null {
  try {
    const path = normalize(join(root, decodeURIComponent(pathname)));
    return path.startsWith(root + sep) && statSync(path).isFile() ? path : null;
  } catch {
    // The file does not exist, or the path's percent encoding is invalid.
    return null;
  }
}
