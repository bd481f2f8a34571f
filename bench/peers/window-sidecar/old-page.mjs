import { offer } from '../../windows/page/offer.mjs';

const { demo } = globalThis.sidecars;
offer(
  Promise.resolve({
    echo: (value) => demo.echo(value),
    takeBytes: () => demo.bytes(null),
    async readItems(count, take) {
      for await (const item of demo.items(count)) if (!take(item)) break;
    },
  }),
);
