import type { AppBridge } from './api.ts';

declare global {
  interface Window {
    readonly ipcLink: AppBridge;
  }
}

/** The object that the preload exposes. */
export const bridge: AppBridge = window.ipcLink;
