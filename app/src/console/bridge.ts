import type { ConsoleFeatures, ConsoleTick } from '../bridge/console-messages.ts';
import type { PlayOperation, PlayRequest, PlayState } from '../bridge/playground-messages.ts';

/** What the preload gives this page. Each action rejects with what went wrong. */
export interface ConsoleBridge {
  onTick(listener: (tick: ConsoleTick) => void): void;
  restart(sidecar: string): Promise<void>;
  kill(instance: string): Promise<void>;
  features(): Promise<ConsoleFeatures>;
  /** Whether the log has the bodies of calls from now on. */
  keepBodies(are: boolean): Promise<void>;
  operations(): Promise<PlayOperation[]>;
  /** Makes a run's calls. @returns How it ended. */
  send(request: PlayRequest): Promise<PlayState>;
  cancel(): Promise<void>;
  /** Hears how far the run has come. */
  onPlay(listener: (state: PlayState) => void): void;
  /** Asks for a file and writes the trace to it. @returns Its path; null where nobody chose one. */
  saveTrace(trace: string): Promise<string | null>;
}

declare global {
  interface Window {
    readonly ipcLinkConsole: ConsoleBridge;
  }
}

export const bridge: ConsoleBridge = window.ipcLinkConsole;
