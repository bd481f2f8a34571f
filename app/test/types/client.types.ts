import { SidecarCrashedError, type SidecarHost } from '../../src/host/index.ts';
import { expectType, work } from './contract.ts';

/** What `host.client(contract)` lets one write, and what it does not. Never run: that it compiles is the test. */
export async function useClient(host: SidecarHost): Promise<void> {
  const client = host.client(work);

  expectType<{ digest: string }>()(await client.hash({ path: 'a', size: 1 }));
  // A field with a default may be left out by the caller.
  await client.hash({ path: 'a' });
  // What the caller gets is what the validator makes of it.
  expectType<number>()(await client.ping(null));
  for await (const item of client.list({ root: '/' })) expectType<{ name: string }>()(item);

  await client.hash({ path: 'a' }, { timeout: 1, key: 'a', signal: new AbortController().signal });
  await client.hash({ path: 'a' }, { onProgress: (progress) => expectType<{ percent: number }>()(progress) });

  // @ts-expect-error no such task
  await client.hush({ path: 'a' });
  // @ts-expect-error a field is missing
  await client.hash({});
  // @ts-expect-error a field has another type
  await client.hash({ path: 1 });
  // @ts-expect-error a field too many
  await client.hash({ path: 'a', mode: 'r' });
  // @ts-expect-error no input at all
  await client.ping();
  // @ts-expect-error the progress has another type
  await client.hash({ path: 'a' }, { onProgress: (progress: { done: boolean }) => progress });
  // @ts-expect-error the progress has no such field
  await client.hash({ path: 'a' }, { onProgress: ({ done }) => done });
  // @ts-expect-error the output has another type
  (await client.hash({ path: 'a' })) satisfies { digest: number };
  // @ts-expect-error a stream is not awaited but read
  client.list({ root: '/' }) satisfies Promise<unknown>;
  // @ts-expect-error a task is not read but awaited
  client.hash({ path: 'a' }) satisfies AsyncIterable<unknown>;
  // @ts-expect-error streams report no progress
  client.list({ root: '/' }, { onProgress: () => {} });
  // @ts-expect-error no such option
  await client.hash({ path: 'a' }, { timeOut: 1 });
  // @ts-expect-error a client can't be changed
  client.ping = () => Promise.resolve(1);
}

/** What a listener for crashes can read of its error. */
export function useEvents(host: SidecarHost): void {
  host.on('crash', (error, { instance }) => {
    instance.toUpperCase();
    // A process that could not be started has no end to tell of.
    error.exitCode satisfies number | null | undefined;
    error.stderr?.join();
    if (error.exitCode !== undefined) error.exitCode satisfies number | null;
    if (error instanceof SidecarCrashedError) error.stderr.join();
    // @ts-expect-error it may be undefined
    error.memory satisfies string;
  });
}
