import { connectSidecars } from 'ipc-link/window';
import { serveWindows } from '../../src/main/serve-windows.ts';
import type { SidecarHost } from '../../src/host/index.ts';
import { expectType, work } from './contract.ts';

/** The page's side, with the contract's type alone. Never run: that it compiles is the test. */
export async function useTypes(): Promise<void> {
  await using sidecars = await connectSidecars<{ work: typeof work }>();
  const { work: client } = sidecars;
  expectType<{ digest: string }>()(
    await client.hash({ path: 'a' }, { onProgress: (progress) => expectType<{ percent: number }>()(progress) }),
  );
  for await (const item of client.list({ root: '/' })) expectType<{ name: string }>()(item);

  // @ts-expect-error no such task
  await client.hush({ path: 'a' });
  // @ts-expect-error a field has another type
  await client.hash({ path: 1 });
  // @ts-expect-error the progress has another type
  await client.hash({ path: 'a' }, { onProgress: (progress: { done: boolean }) => progress });
}

/** With the contract itself. */
export async function useValues(): Promise<void> {
  const { work: client } = await connectSidecars({ work });
  expectType<{ digest: string }>()(await client.hash({ path: 'a' }));

  // @ts-expect-error contracts are not named but given
  await connectSidecars({ work: 'work' });
}

/** The main process's side. */
export function serve(host: SidecarHost): void {
  serveWindows(host, [{ contract: work, operations: ['hash'] }], { isTrusted: ({ url }) => url === 'app://page/' });

  const trust = { isTrusted: () => true };
  const authorize = (operation: string): void => expectType<string>()(operation);
  serveWindows(host, [{ contract: work, operations: ['hash'], authorize }], trust);
  serveWindows(host, [{ contract: work, operations: ['hash'], direct: true }], trust);

  // @ts-expect-error the main process does not see what goes direct
  serveWindows(host, [{ contract: work, operations: ['hash'], direct: true, authorize }], trust);
  // @ts-expect-error nobody decides whom to trust
  serveWindows(host, [{ contract: work, operations: ['hash'] }], {});
  // @ts-expect-error contracts are not named but given
  serveWindows(host, [{ contract: 'work', operations: ['hash'] }], { isTrusted: () => true });
}
