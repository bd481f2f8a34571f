import { exposeSidecars, type WindowClients } from '../../src/preload/expose-sidecars.ts';
import { serveWindows } from '../../src/main/serve-windows.ts';
import type { SidecarHost } from '../../src/host/index.ts';
import { expectType, work } from './contract.ts';

type Exposed = { readonly work: typeof work };

/** The preload's side. Never run: that it compiles is the test. */
export function expose(): void {
  exposeSidecars<Exposed>({ work: ['hash', 'list'] });
  exposeSidecars<Exposed>({});

  // @ts-expect-error no such operation
  exposeSidecars<Exposed>({ work: ['hush'] });
  // @ts-expect-error no such contract
  exposeSidecars<Exposed>({ play: ['hash'] });
  // @ts-expect-error a list of names is wanted
  exposeSidecars<Exposed>({ work: 'hash' });
}

/** The page's side. */
export async function useWindow({ work: client }: WindowClients<Exposed>): Promise<void> {
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

/** The main process's side. */
export function serve(host: SidecarHost): void {
  serveWindows(host, [{ contract: work, operations: ['hash'] }], { isTrusted: ({ url }) => url === 'app://page/' });

  // @ts-expect-error nobody decides whom to trust
  serveWindows(host, [{ contract: work, operations: ['hash'] }], {});
  // @ts-expect-error contracts are not named but given
  serveWindows(host, [{ contract: 'work', operations: ['hash'] }], { isTrusted: () => true });
}
