/** Channels between a console's page and the main process. */
export const ConsoleChannel = {
  tick: 'ipc-link-console:tick',
  restart: 'ipc-link-console:restart',
  kill: 'ipc-link-console:kill',
  saveTrace: 'ipc-link-console:save-trace',
  features: 'ipc-link-console:features',
  keepBodies: 'ipc-link-console:keep-bodies',
} as const;

/** What the page is told at one tick, and its parts. */
export type {
  ConsoleBodies,
  ConsoleCall,
  ConsoleFigures,
  ConsoleInstance,
  ConsoleLine,
  ConsoleSample,
  ConsoleTick,
} from '../inspection/tick.ts';

/** How often the page hears from the main process, in milliseconds. */
export const TICK_MS = 500;

/** What the app lets the console do besides showing. */
export interface ConsoleFeatures {
  readonly playground: boolean;
  readonly bodies: boolean;
}
