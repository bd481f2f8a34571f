/** Where a view's first field is: the main button of an empty view, else the first field or button of its form. */
const FIRST = ['.welcome button', 'form input[type="text"]', 'form select:enabled', 'form button:enabled'];

/** Gives the keyboard to the first field of the view that is shown. */
export function focusFirstField(): void {
  const panel = document.getElementById('task-panel');
  const field = FIRST.map((selector) => panel?.querySelector<HTMLElement>(selector)).find(Boolean);
  field?.focus();
}
