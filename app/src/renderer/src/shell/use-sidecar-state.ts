import { useEffect, useState } from 'react';
import type { AppBridge, SidecarState } from '../api.ts';

const unreported = { state: 'starting', restarts: 0 } as const;

/** The newest report on one sidecar; `starting` before the first. */
export function useSidecarState(bridge: AppBridge, name: string): SidecarState {
  const [state, setState] = useState<SidecarState>({ name, ...unreported });
  useEffect(() => bridge.onSidecarState((next) => next.name === name && setState(next)), [bridge, name]);
  return state;
}
