import type { ConsoleTick } from '../bridge/console-messages.ts';

/** What the preload gives this page. Each action rejects with what went wrong. */
export interface ConsoleBridge {
  onTick(listener: (tick: ConsoleTick) => void): void;
  restart(sidecar: string): Promise<void>;
  kill(instance: string): Promise<void>;
  /** Asks for a file and writes the trace to it. @returns Its path; null where nobody chose one. */
  saveTrace(trace: string): Promise<string | null>;
}

declare global {
  interface Window {
    readonly ipcLinkConsole: ConsoleBridge;
  }
}

export const bridge: ConsoleBridge = window.ipcLinkConsole;
