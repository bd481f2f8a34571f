import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Where the console's page was built to. By a name of the package, since the desktop app's bundle of this module lies elsewhere. */
function findFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('#console/index.html'));
}

/** The path of the console's preload. */
export function findPreload(): string {
  return join(findFolder(), 'preload.cjs');
}

/** No other host can have this name: `.invalid` is reserved (RFC 2606). */
const origin = 'https://console.ipc-link.invalid';

/** The address of the page, within the console's own session only. */
export const consoleUrl: string = `${origin}/index.html`;

/** All that the page consists of, by path. */
const contentTypes: ReadonlyMap<string, string> = new Map([
  ['/index.html', 'text/html; charset=utf-8'],
  ['/page.js', 'text/javascript; charset=utf-8'],
  ['/page.css', 'text/css; charset=utf-8'],
]);

const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/**
 * Answers whatever is asked of `https` in the console's session: with the page's three files, and else with 404. That needs
 * no privileged scheme, which only the app could register, works inside app.asar whatever its fuses say, and leaves the page
 * nothing to reach.
 */
export async function answerPage({ url, method }: Pick<Request, 'url' | 'method'>): Promise<Response> {
  const { origin: asked, pathname } = new URL(url);
  const type = contentTypes.get(pathname);
  if (type === undefined || asked !== origin || method !== 'GET') return new Response(null, { status: 404 });
  return new Response(await readFile(join(findFolder(), pathname)), {
    headers: {
      'Content-Type': type,
      'Content-Security-Policy': contentSecurityPolicy,
      'X-Content-Type-Options': 'nosniff',
    },
  });
}
