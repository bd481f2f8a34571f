import { connectSidecars, type Contracts, type Sidecars } from './connect-sidecars.ts';

declare global {
  /** Resolves with the clients of all contracts that this page may call. The package's script for pages without a bundler sets it. */
  var sidecars: Promise<Sidecars<Contracts>>;
}

globalThis.sidecars = connectSidecars();
