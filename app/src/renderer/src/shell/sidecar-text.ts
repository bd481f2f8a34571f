import type { SidecarLife, SidecarState } from '../api.ts';
import { formatCounted } from '../format/count.ts';

/** Colour of a state: working, busy for a moment, failed, or not running. */
export type SidecarTone = 'good' | 'busy' | 'bad' | 'off';

const words: Readonly<Record<SidecarLife, { readonly text: string; readonly tone: SidecarTone }>> = {
  starting: { text: 'starting', tone: 'busy' },
  spare: { text: 'in reserve', tone: 'good' },
  ready: { text: 'ready', tone: 'good' },
  unresponsive: { text: 'not responding', tone: 'bad' },
  draining: { text: 'finishing', tone: 'busy' },
  stopped: { text: 'stopped', tone: 'off' },
  crashed: { text: 'crashed', tone: 'bad' },
  backoff: { text: 'restarting', tone: 'busy' },
  failed: { text: 'failed, restart the app', tone: 'bad' },
};

/** Describes a sidecar's state in a few words, with its colour. */
export function describeSidecar(sidecar: SidecarState): { readonly text: string; readonly tone: SidecarTone } {
  const { text, tone } = words[sidecar.state];
  return { text: `Sidecar ${text}`, tone };
}

/** Details of a sidecar's state: the error, or else the process id and the number of restarts. Empty when there are none. */
export function sidecarFacts({ state, pid, restarts, detail }: SidecarState): string {
  if (words[state].tone === 'bad' && detail) return detail;
  const facts: string[] = [];
  if (pid !== undefined) facts.push(`pid ${pid}`);
  if (restarts > 0) facts.push(formatCounted(restarts, 'restart'));
  return facts.join(' · ');
}
