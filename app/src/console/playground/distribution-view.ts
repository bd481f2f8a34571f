import type { PlayBucket, PlayDistribution } from '../../bridge/playground-messages.ts';
import { formatCount } from '../../renderer/src/format/count.ts';
import { create, find, setText } from '../dom.ts';
import { formatLatency } from '../format.ts';
import { describeDistribution } from './result-text.ts';

/** What many calls come to: figures, a histogram of their latencies, and how often each error came. */
export class DistributionView {
  readonly #space = find('play-distribution', HTMLElement);
  readonly #bars = find('play-bars', HTMLElement);
  readonly #from = find('play-bars-from', HTMLElement);
  readonly #to = find('play-bars-to', HTMLElement);
  readonly #failures = find('play-failures', HTMLElement);

  show(distribution: PlayDistribution | null): void {
    this.#space.hidden = distribution === null;
    if (distribution === null) return;
    const { latency, buckets, failures, succeeded } = distribution;
    for (const name of ['p50', 'p90', 'p99', 'max'] as const)
      setText(find(`play-${name}`, HTMLElement), latency === null ? '–' : formatLatency(latency[name]));
    setText(find('play-succeeded', HTMLElement), formatCount(succeeded));
    this.#bars.setAttribute('aria-label', describeDistribution(distribution));
    this.#draw(buckets);
    this.#failures.replaceChildren(
      ...failures.map(({ code, count }) =>
        create('li', {}, [create('span', { class: 'bad', text: formatCount(count) }), create('code', { text: code })]),
      ),
    );
    this.#failures.hidden = failures.length === 0;
  }

  #draw(buckets: readonly PlayBucket[]): void {
    const highest = Math.max(1, ...buckets.map(({ count }) => count));
    this.#bars.replaceChildren(
      ...buckets.map(({ fromMs, toMs, count }) => {
        const title = `${formatLatency(fromMs)} to ${formatLatency(toMs)}: ${formatCount(count)}`;
        const bar = create('span', { class: 'play-bar', title });
        bar.style.height = `${(100 * count) / highest}%`;
        return bar;
      }),
    );
    const [first, last] = [buckets[0], buckets.at(-1)];
    setText(this.#from, first === undefined ? '' : formatLatency(first.fromMs));
    setText(this.#to, last === undefined ? '' : formatLatency(last.toMs));
  }
}
