import uPlot from 'uplot';
import type { ConsoleFigures } from '../bridge/console-messages.ts';
import { readColor } from '../renderer/src/styles/read-color.ts';
import { create, setText } from './dom.ts';
import { type ChartPlan, toChartData } from './series.ts';
import { HISTORY_MS } from './store.ts';

const HEIGHT = 112;

/** A chart with its title and its values: the newest, or those under the pointer. */
export class Chart {
  readonly element: HTMLElement;
  readonly #plan: ChartPlan;
  readonly #values: readonly HTMLElement[];
  readonly #age = create('span', { class: 'chart-age' });
  readonly #space = create('div', { class: 'chart-space' });
  readonly #plot: uPlot;

  constructor(plan: ChartPlan) {
    this.#plan = plan;
    this.#values = plan.lines.map(() => create('span', { class: 'chart-value' }));
    const several = plan.lines.length > 1;
    const lines = plan.lines.map(({ label, color }, place) => {
      const key = create('span', { class: `chart-key ${color.slice(2)}`, text: label });
      return create('span', {}, [...(several ? [key] : []), ...this.#values.slice(place, place + 1)]);
    });
    const title = create('h2', { text: plan.title, title: plan.hint });
    const head = create('div', { class: 'chart-head' }, [title, this.#age]);
    const values = create('p', { class: 'chart-values' }, lines);
    this.element = create('article', { class: 'panel chart' }, [head, values, this.#space]);
    this.#plot = new uPlot(this.#describe(), [[]], this.#space);
    new ResizeObserver(() => this.#fit()).observe(this.#space);
  }

  show(history: readonly ConsoleFigures[]): void {
    this.#plot.setData(toChartData(history, this.#plan.lines));
    this.#tell();
  }

  /** Draws it again, in the colours of now. */
  redraw(): void {
    this.#plot.redraw();
  }

  #fit(): void {
    const { clientWidth: width } = this.#space;
    if (width > 0) this.#plot.setSize({ width, height: HEIGHT });
  }

  /** Says the values under the pointer, else the newest. */
  #tell(): void {
    const [times = [], ...lines] = this.#plot.data;
    const { idx } = this.#plot.cursor;
    const place = idx ?? times.length - 1;
    for (const [line, node] of this.#values.entries()) {
      const value = lines[line]?.[place];
      setText(node, value === null || value === undefined ? '–' : this.#plan.format(value));
    }
    const age = times[place];
    setText(this.#age, idx === null || idx === undefined || age === undefined ? '' : `${Math.round(-age)} s ago`);
  }

  #describe(): uPlot.Options {
    const { lines, atLeast, formatRound } = this.#plan;
    const oldest = -HISTORY_MS / 1_000;
    const axis = { stroke: () => readColor('--muted'), font: `11px ${readFont()}`, size: 24, gap: 4 };
    const grid = { stroke: () => readColor('--line'), width: 1 };
    return {
      width: 240,
      height: HEIGHT,
      padding: [8, 16, 0, 0],
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false, range: [oldest, 0] },
        y: { range: (_plot, _min, max) => [0, Math.max(atLeast, (max ?? 0) * 1.1)] },
      },
      axes: [
        {
          ...axis,
          size: 26,
          gap: 8,
          grid: { show: false },
          ticks: { show: false },
          splits: () => [oldest, oldest / 2, 0],
          values: () => ['−2 min', '−1 min', 'now'],
        },
        {
          ...axis,
          size: 54,
          grid,
          ticks: { show: false },
          space: 30,
          values: (_plot, splits) => splits.map(formatRound),
        },
      ],
      series: [
        {},
        ...lines.map(({ color, label }) => ({
          label,
          stroke: () => readColor(color),
          width: 1.5,
          points: { show: false },
          ...(lines.length === 1 ? { fill: () => readColor('--accent-soft') } : {}),
        })),
      ],
      hooks: { setCursor: [() => this.#tell()] },
    };
  }
}

function readFont(): string {
  return getComputedStyle(document.body).fontFamily;
}
