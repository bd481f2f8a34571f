import { find } from './dom.ts';

const SHOWN_MS = 6_000;

const notice = find('notice', HTMLElement);
let timer = 0;

/** Says what came of an action, for a while. */
export function notify(text: string, tone: 'good' | 'bad' = 'good'): void {
  notice.textContent = text;
  notice.className = `notice ${tone}`;
  notice.hidden = false;
  clearTimeout(timer);
  timer = window.setTimeout(() => (notice.hidden = true), SHOWN_MS);
}

/** Does something, and says that it is done or what went wrong. A null says nothing: its user has changed their mind. */
export async function perform(action: () => Promise<string | null>): Promise<void> {
  try {
    const done = await action();
    if (done !== null) notify(done);
  } catch (error) {
    notify(readMessage(error), 'bad');
  }
}

/** Electron puts its own words before what the main process threw. */
export function readMessage(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return text.replace(/^Error invoking remote method '[^']*': (?:Error: |\w+: )?/, '');
}
