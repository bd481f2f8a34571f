import type { ConsoleFigures } from '../bridge/console-messages.ts';
import { Chart } from './chart.ts';
import { chartPlans } from './series.ts';

/** The charts beside each other. */
export class ChartRow {
  readonly #charts = chartPlans.map((plan) => new Chart(plan));

  constructor(element: HTMLElement) {
    element.append(...this.#charts.map((chart) => chart.element));
    matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => {
      for (const chart of this.#charts) chart.redraw();
    });
  }

  show(history: readonly ConsoleFigures[]): void {
    for (const chart of this.#charts) chart.show(history);
  }
}
