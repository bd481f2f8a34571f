import type { ConsoleInstance } from '../bridge/console-messages.ts';
import { formatBytes } from '../renderer/src/format/bytes.ts';
import { formatCount } from '../renderer/src/format/count.ts';
import { formatElapsed } from '../renderer/src/format/duration.ts';
import { create, find, setText } from './dom.ts';
import { formatLatency, formatLoad } from './format.ts';
import { groupBy } from '../inspection/group-by.ts';

/** What can be done from the table. */
export interface InstanceActions {
  restart(sidecar: string): void;
  kill(instance: ConsoleInstance): void;
}

const unknown = '–';

/** The table of instances, one group of rows per sidecar. What stays is changed in place, so that the focus stays where it is. */
export class InstanceTable {
  readonly #table = find('instances', HTMLTableElement);
  readonly #none = find('no-instances', HTMLElement);
  readonly #actions: InstanceActions;
  readonly #groups = new Map<string, Group>();

  constructor(actions: InstanceActions) {
    this.#actions = actions;
  }

  show(instances: readonly ConsoleInstance[]): void {
    this.#none.hidden = instances.length > 0;
    const bySidecar = groupBy(instances, ({ name }) => name);
    for (const [name, group] of this.#groups) if (!bySidecar.has(name)) this.#drop(name, group);
    for (const [name, rows] of bySidecar) this.#groupOf(name).show(rows);
  }

  #groupOf(name: string): Group {
    let group = this.#groups.get(name);
    if (group === undefined) {
      group = new Group(name, this.#actions);
      this.#groups.set(name, group);
      this.#table.append(group.body);
    }
    return group;
  }

  #drop(name: string, { body }: Group): void {
    body.remove();
    this.#groups.delete(name);
  }
}

class Group {
  readonly body = create('tbody');
  readonly #queued = create('td', { class: 'end' });
  readonly #actions: InstanceActions;
  readonly #rows = new Map<string, Row>();

  constructor(sidecar: string, actions: InstanceActions) {
    this.#actions = actions;
    const heading = create('th', { text: sidecar });
    heading.scope = 'rowgroup';
    heading.colSpan = 7;
    const rest = create('td');
    rest.colSpan = 3;
    const restart = create('button', { class: 'button small', text: 'Restart', testId: `restart-${sidecar}` });
    restart.type = 'button';
    restart.setAttribute('aria-label', `Restart ${sidecar}`);
    restart.addEventListener('click', () => actions.restart(sidecar));
    const row = create('tr', { class: 'group' }, [
      heading,
      this.#queued,
      rest,
      create('td', { class: 'end' }, [restart]),
    ]);
    this.body.append(row);
  }

  show(instances: readonly ConsoleInstance[]): void {
    setText(this.#queued, formatCount(instances[0]?.queued ?? 0));
    const names = new Set(instances.map(({ instance }) => instance));
    for (const [name, row] of this.#rows) if (!names.has(name)) this.#drop(name, row);
    for (const instance of instances) this.#rowOf(instance.instance).show(instance);
  }

  #rowOf(name: string): Row {
    let row = this.#rows.get(name);
    if (row === undefined) {
      row = new Row(name, this.#actions);
      this.#rows.set(name, row);
      this.body.append(row.element);
    }
    return row;
  }

  #drop(name: string, { element }: Row): void {
    element.remove();
    this.#rows.delete(name);
  }
}

class Row {
  readonly element: HTMLTableRowElement;
  readonly #dot = create('span', { class: 'dot' });
  readonly #state = create('span');
  readonly #cells: readonly HTMLTableCellElement[];
  readonly #kill = create('button', { class: 'button small', text: 'Kill' });
  #instance: ConsoleInstance | null = null;

  constructor(name: string, actions: InstanceActions) {
    const heading = create('th', { text: name });
    heading.scope = 'row';
    this.#cells = Array.from({ length: 9 }, () => create('td', { class: 'end' }));
    this.#kill.type = 'button';
    this.#kill.setAttribute('aria-label', `Kill ${name}`);
    this.#kill.dataset['testid'] = `kill-${name}`;
    this.#kill.addEventListener('click', () => {
      if (this.#instance !== null) actions.kill(this.#instance);
    });
    this.element = create('tr', { testId: `row-${name}` }, [
      heading,
      create('td', { class: 'state' }, [this.#dot, this.#state]),
      ...this.#cells,
      create('td', { class: 'end' }, [this.#kill]),
    ]);
  }

  show(instance: ConsoleInstance): void {
    this.#instance = instance;
    const { state, pid, latency } = instance;
    setText(this.#state, state);
    this.#dot.className = `dot ${toneOf(state)}`;
    const texts = [
      pid === null ? unknown : String(pid),
      instance.uptime === null ? unknown : formatElapsed(instance.uptime),
      formatCount(instance.restarts),
      formatCount(instance.inFlight),
      formatCount(instance.abandoned),
      '',
      instance.rss === null ? unknown : formatBytes(instance.rss),
      instance.cpu === null ? unknown : formatLoad(instance.cpu),
      latency === null ? unknown : `${formatLatency(latency.p50)} / ${formatLatency(latency.p99)}`,
    ];
    for (const [place, cell] of this.#cells.entries()) setText(cell, texts[place] ?? '');
    this.#cells[2]?.classList.toggle('warned', instance.restarts > 0);
    this.#cells[4]?.classList.toggle('warned', instance.abandoned > 0);
    this.#kill.disabled = pid === null;
  }
}

function toneOf(state: string): string {
  if (state === 'ready') return 'good';
  if (state === 'failed' || state === 'crashed' || state === 'unresponsive') return 'bad';
  return state === 'stopped' ? '' : 'busy';
}
