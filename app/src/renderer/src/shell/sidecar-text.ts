import type { SidecarLife, SidecarState } from '../api.ts';
import { formatCounted } from '../format/count.ts';

/** How a state is coloured: all is well, wait a moment, or something is wrong. */
export type SidecarTone = 'good' | 'busy' | 'bad' | 'off';

const words: Readonly<Record<SidecarLife, { readonly text: string; readonly tone: SidecarTone }>> = {
  starting: { text: 'starting', tone: 'busy' },
  ready: { text: 'ready', tone: 'good' },
  unresponsive: { text: 'not responding', tone: 'bad' },
  draining: { text: 'finishing', tone: 'busy' },
  stopped: { text: 'stopped', tone: 'off' },
  crashed: { text: 'crashed', tone: 'bad' },
  backoff: { text: 'restarting', tone: 'busy' },
  failed: { text: 'failed, restart the app', tone: 'bad' },
};

/** A sidecar's state in a few words, with the colour that goes with them. */
export function describeSidecar(sidecar: SidecarState): { readonly text: string; readonly tone: SidecarTone } {
  const { text, tone } = words[sidecar.state];
  return { text: `Sidecar ${text}`, tone };
}

/** The facts behind the words: what went wrong, else process id and restarts; empty when there are none. */
export function sidecarFacts({ state, pid, restarts, detail }: SidecarState): string {
  if (words[state].tone === 'bad' && detail) return detail;
  const facts: string[] = [];
  if (pid !== undefined) facts.push(`pid ${pid}`);
  if (restarts > 0) facts.push(formatCounted(restarts, 'restart'));
  return facts.join(' · ');
}
