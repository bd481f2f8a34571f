import { connectSidecars, type Contracts, type Sidecars } from './connect-sidecars.ts';

declare global {
  /** Resolves with the clients of all that this page may call. Made by the package's script for pages without a bundler. */
  var sidecars: Promise<Sidecars<Contracts>>;
}

globalThis.sidecars = connectSidecars();
