import { useEffect, useState } from 'react';
import type { AppBridge } from '../api.ts';

const EVERY_MS = 50;

/** Asks the main process again and again. @returns For how long it hasn't answered, in milliseconds. */
export function useSilence(bridge: Pick<AppBridge, 'ping'>): number {
  const [silentMs, setSilentMs] = useState(0);
  useEffect(() => {
    let askedAt: number | null = null;
    const ask = async (): Promise<void> => {
      askedAt = performance.now();
      await bridge.ping();
      askedAt = null;
    };
    const timer = setInterval(() => {
      setSilentMs(askedAt === null ? 0 : performance.now() - askedAt);
      if (askedAt === null) void ask();
    }, EVERY_MS);
    return () => clearInterval(timer);
  }, [bridge]);
  return silentMs;
}
