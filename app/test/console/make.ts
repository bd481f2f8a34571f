import type {
  ConsoleCall,
  ConsoleFigures,
  ConsoleInstance,
  ConsoleLine,
  ConsoleTick,
} from '../../src/bridge/console-messages.ts';

export function figures(given: Partial<ConsoleFigures> = {}): ConsoleFigures {
  return { at: 0, spanMs: 500, calls: 0, failures: 0, p50: null, p99: null, bytes: 0, loopDelay: 0, ...given };
}

export function call(given: Partial<ConsoleCall> = {}): ConsoleCall {
  const sizes = { requestBytes: 10, replyBytes: 20 };
  return {
    at: 1_000,
    peer: 'files-1',
    task: 'files.search',
    id: 'a1',
    isStream: false,
    durationMs: 5,
    ...sizes,
    failure: null,
    bodies: null,
    ...given,
  };
}

export function line(given: Partial<ConsoleLine> = {}): ConsoleLine {
  return { at: 1_000, level: 'info', instance: 'files-1', source: 'handler', message: 'hello', ...given };
}

export function instance(given: Partial<ConsoleInstance> = {}): ConsoleInstance {
  const counts = { restarts: 0, inFlight: 0, abandoned: 0, queued: 0 };
  const sizes = { uptime: 1, rss: 1, cpu: 0, latency: null };
  return { name: 'files', instance: 'files-1', state: 'ready', pid: 7, ...counts, ...sizes, ...given };
}

export function tick(given: Partial<ConsoleTick> = {}): ConsoleTick {
  const none = { items: [], total: 0 };
  return { figures: figures(), instances: [], calls: none, lines: none, ...given };
}
