import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { answerPage, consoleUrl, findPreload } from '../../../src/main/console/page-files.ts';

function ask(path: string, method = 'GET'): Promise<Response> {
  return answerPage({ url: new URL(path, consoleUrl).href, method });
}

test.each(['/index.html', '/page.js', '/page.css'])(
  '%s is served with a policy that allows nothing else',
  async (path) => {
    const { status, headers } = await ask(path);
    expect(status).toBe(200);
    expect(headers.get('content-security-policy')).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  },
);

test('the page asks for the files that are served, and for no others', async () => {
  const html = await (await ask('/index.html')).text();
  const asked = [...html.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path);
  expect(new Set(asked)).toEqual(new Set(['./page.css', './page.js']));
  expect(html).not.toMatch(/<script(?![^>]*src=)|style="|<style/);
});

test.each([
  ['another path', '/preload.cjs', 'GET'],
  ['a path that leads out', '/%2e%2e/%2e%2e/package.json', 'GET'],
  ['another method', '/index.html', 'POST'],
  ['another host', 'https://example.invalid/index.html', 'GET'],
])('%s is not found', async (_what, path, method) => {
  expect((await ask(path, method)).status).toBe(404);
});

test('the preload is where the window is told', () => {
  expect(existsSync(findPreload())).toBe(true);
});
