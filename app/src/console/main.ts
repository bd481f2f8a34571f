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
import { PlaygroundView } from './playground/playground-view.ts';
import { SilenceNotice } from './silence.ts';
import { ConsoleStore } from './store.ts';
import { summarise } from './summary.ts';
import { toTrace } from '../inspection/trace.ts';
import { ViewTabs } from './view-tabs.ts';

const store = new ConsoleStore();
const silence = new SilenceNotice();
const charts = new ChartRow(find('charts', HTMLElement));
const features = await bridge.features();
const log = new LogView(
  () => store.view,
  () => features.bodies,
);
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
  const isTyping = target instanceof Element && target.matches('input:not([type=checkbox]), textarea, select');
  const isLive = !find('view-live', HTMLElement).hidden;
  if (!isLive || ctrlKey || metaKey || altKey || isTyping || document.querySelector('dialog[open]') !== null) return;
  if (key === 'p') togglePause();
  if (key !== '/') return;
  event.preventDefault();
  log.focusFilter();
});

if (features.playground) {
  const playground = new PlaygroundView(bridge);
  const tabs = new ViewTabs((view) => {
    if (view === 'playground') playground.focus();
  });
  tabs.offer();
  void perform(async () => {
    await playground.start();
    return null;
  });
}

const bodies = find('bodies', HTMLInputElement);
find('bodies-option', HTMLElement).hidden = !features.bodies;
bodies.addEventListener('change', () => {
  void perform(async () => {
    await bridge.keepBodies(bodies.checked);
    return null;
  });
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
