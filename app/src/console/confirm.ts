import { find } from './dom.ts';

/** A question before something that can't be undone. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** What the button says that does it. */
  readonly yes: string;
}

/** Asks in the page. Escape, and everything but the one button, means no. */
export function confirm({ title, text, yes }: Question): Promise<boolean> {
  const dialog = find('confirm', HTMLDialogElement);
  find('confirm-title', HTMLElement).textContent = title;
  find('confirm-text', HTMLElement).textContent = text;
  find('confirm-yes', HTMLButtonElement).textContent = yes;
  dialog.returnValue = 'no';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => resolve(dialog.returnValue === 'yes'), { once: true });
  });
}
