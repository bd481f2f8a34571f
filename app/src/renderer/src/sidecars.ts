import type { Sidecars } from './api.ts';

declare global {
  interface Window {
    readonly sidecars: Sidecars;
  }
}

/** The typed clients of the app's sidecars. */
export const sidecars: Sidecars = window.sidecars;
