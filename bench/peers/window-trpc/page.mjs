import { createTRPCProxyClient } from '@trpc/client';
import { ipcLink } from 'electron-trpc/renderer';
import { offer } from '../../windows/page/offer.mjs';

/** @type {ReturnType<typeof createTRPCProxyClient<ReturnType<typeof import('./index.mjs').createRouter>>>} */
const client = createTRPCProxyClient({ links: [ipcLink()] });

offer(
  Promise.resolve({
    echo: (value) => client.echo.query(value),
    takeBytes: () => client.bytes.query(),
    async readItems(count, take) {
      await new Promise((resolve) => {
        const subscription = client.items.subscribe(count, {
          onData(item) {
            if (take(item)) return;
            subscription.unsubscribe();
            resolve(undefined);
          },
          onComplete: () => resolve(undefined),
        });
      });
      // The items that were sent before the end arrived come before this answer.
      await client.echo.query({});
    },
  }),
);
