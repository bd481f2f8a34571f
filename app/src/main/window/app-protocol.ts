import { existsSync } from 'node:fs';
import { join, normalize, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { net, protocol } from 'electron';

const SCHEME = 'app';
const HOST = 'ipc-link';

/** Where the window's page is. Its own scheme instead of file://, so that the page has an origin and reads no files. */
export const PAGE_URL = `${SCHEME}://${HOST}/index.html`;

const CONTENT_SECURITY_POLICY = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Must be called before the app is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files of one folder, and nothing outside it. */
export function serveAppScheme(folder: string): void {
  protocol.handle(SCHEME, async (request) => {
    const { host, pathname } = new URL(request.url);
    const path = normalize(join(folder, decodeURIComponent(pathname)));
    if (host !== HOST || request.method !== 'GET' || !path.startsWith(folder + sep))
      return new Response(null, { status: 404 });
    if (!existsSync(path)) return new Response(null, { status: 404 });
    const response = await net.fetch(pathToFileURL(path).href);
    const headers = new Headers(response.headers);
    headers.set('Content-Security-Policy', CONTENT_SECURITY_POLICY);
    headers.set('X-Content-Type-Options', 'nosniff');
    return new Response(response.body, { status: response.status, headers });
  });
}

/** Whether a page is the app's own. */
export function isAppUrl(url: string): boolean {
  return url.startsWith(`${SCHEME}://${HOST}/`);
}
