import { find } from './dom.ts';

/** The views of the console, by the part of the page that each is. */
const names = ['live', 'playground'] as const;

export type ViewName = (typeof names)[number];

/** Changes between the views. Where there is but one, nothing is to be seen of it. */
export class ViewTabs {
  readonly #onShow: (name: ViewName) => void;

  /** @param onShow Called when its user has chosen a view. */
  constructor(onShow: (name: ViewName) => void) {
    this.#onShow = onShow;
    for (const name of names) {
      tabOf(name).addEventListener('click', () => this.#choose(name));
      tabOf(name).addEventListener('keydown', ({ key }) => {
        if (key !== 'ArrowLeft' && key !== 'ArrowRight') return;
        const next = name === 'live' ? 'playground' : 'live';
        this.#show(next);
        tabOf(next).focus();
      });
    }
  }

  /** Offers more than the first view. */
  offer(): void {
    find('views', HTMLElement).hidden = false;
  }

  #choose(name: ViewName): void {
    this.#show(name);
    this.#onShow(name);
  }

  #show(shown: ViewName): void {
    for (const name of names) {
      find(`view-${name}`, HTMLElement).hidden = name !== shown;
      tabOf(name).setAttribute('aria-selected', String(name === shown));
      tabOf(name).tabIndex = name === shown ? 0 : -1;
    }
    find('live-actions', HTMLElement).hidden = shown !== 'live';
  }
}

function tabOf(name: ViewName): HTMLButtonElement {
  return find(`tab-${name}`, HTMLButtonElement);
}
