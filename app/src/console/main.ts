import type { ConsoleInstance } from '../bridge/console-messages.ts';
import { formatCounted } from '../renderer/src/format/count.ts';
import { bridge } from './bridge.ts';
import { ChartRow } from './chart-row.ts';
import { confirm } from './confirm.ts';
import { toJson } from './copied-view.ts';
import { find, setText } from './dom.ts';
import { InstanceTable } from './instance-table.ts';
import { LogView } from './log-view.ts';
import { notify, perform } from './notice.ts';
import { SilenceNotice } from './silence.ts';
import { ConsoleStore } from './store.ts';
import { summarise } from './summary.ts';
import { toTrace } from '../inspection/trace.ts';

const store = new ConsoleStore();
const silence = new SilenceNotice();
const charts = new ChartRow(find('charts', HTMLElement));
const log = new LogView(() => store.view);
const table = new InstanceTable({
  restart: (sidecar) => void perform(() => restart(sidecar)),
  kill: (instance) => void perform(() => kill(instance)),
});
const pause = find('pause', HTMLButtonElement);

bridge.onTick((tick) => {
  silence.heard();
  store.take(tick);
  if (!store.isPaused) render();
});

pause.addEventListener('click', togglePause);
find('copy', HTMLButtonElement).addEventListener('click', () => void perform(copy));
find('export', HTMLButtonElement).addEventListener('click', () => void perform(exportTrace));
document.addEventListener('keydown', (event) => {
  const { key, target, ctrlKey, metaKey, altKey } = event;
  const isTyping = target instanceof HTMLInputElement && target.type === 'search';
  if (ctrlKey || metaKey || altKey || isTyping || document.querySelector('dialog[open]') !== null) return;
  if (key === 'p') togglePause();
  if (key !== '/') return;
  event.preventDefault();
  log.focusFilter();
});

function render(): void {
  const { view } = store;
  setText(find('summary', HTMLElement), summarise(view));
  charts.show(view.history);
  table.show(view.instances);
  log.show();
}

function togglePause(): void {
  if (store.isPaused) store.resume();
  else store.pause();
  pause.setAttribute('aria-pressed', String(store.isPaused));
  pause.textContent = store.isPaused ? 'Resume' : 'Pause';
  find('paused', HTMLElement).hidden = !store.isPaused;
  render();
}

async function restart(sidecar: string): Promise<string | null> {
  const text = 'Each of its processes is replaced by a new one; the calls that they work on are finished first.';
  if (!(await confirm({ title: `Restart ${sidecar}?`, text, yes: 'Restart' }))) return null;
  notify(`${sidecar} is being restarted.`);
  await bridge.restart(sidecar);
  return `${sidecar} was restarted.`;
}

async function kill({ instance, pid, inFlight }: ConsoleInstance): Promise<string | null> {
  const calls = inFlight === 1 ? 'The call that it works on fails.' : `The ${inFlight} calls that it works on fail.`;
  const text = `Process ${pid} ends at once. ${inFlight === 0 ? '' : `${calls} `}The host starts it again, as after a crash.`;
  if (!(await confirm({ title: `Kill ${instance}?`, text, yes: 'Kill' }))) return null;
  await bridge.kill(instance);
  return `${instance} was killed.`;
}

async function copy(): Promise<string> {
  await navigator.clipboard.writeText(toJson(store.view, log.filter));
  return 'Copied what is shown, the log as far as the filter lets through.';
}

async function exportTrace(): Promise<string | null> {
  const { view } = store;
  const path = await bridge.saveTrace(JSON.stringify(toTrace(view)));
  return path === null
    ? null
    : `Exported ${formatCounted(view.calls.length, 'call')} to ${path}. Perfetto opens it: ui.perfetto.dev.`;
}
