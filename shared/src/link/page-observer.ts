import type { Observer } from './observer.ts';

/** Stands for the Observer in a page, which has neither diagnostics channels nor histograms: figures are kept where the calls go. */
class PageObserver implements Pick<Observer, 'callOpened' | 'callSettled' | 'peer' | 'forgetPeer'> {
  callOpened(): void {}
  callSettled(): void {}
  peer(): void {}
  forgetPeer(): void {}
}

export { PageObserver as Observer };
