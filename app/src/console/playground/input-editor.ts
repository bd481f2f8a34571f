import { find, setText } from '../dom.ts';
import { type InputProblem, readJson, writeJson } from './controls.ts';
import { FormField } from './form-field.ts';
import { toForm } from './schema-fields.ts';

/** What an input is written in. */
type Mode = 'form' | 'json';

/** The input of a call: a form where its schema is known, and always JSON. What was put in stays when the way is changed. */
export class InputEditor {
  readonly #space = find('play-form', HTMLElement);
  readonly #json = find('play-json', HTMLTextAreaElement);
  readonly #jsonSpace = find('play-json-space', HTMLElement);
  readonly #problem = find('play-json-problem', HTMLElement);
  readonly #buttons: Readonly<Record<Mode, HTMLButtonElement>> = {
    form: find('play-mode-form', HTMLButtonElement),
    json: find('play-mode-json', HTMLButtonElement),
  };
  #form: FormField | null = null;
  #mode: Mode = 'json';

  constructor() {
    this.#buttons.form.addEventListener('click', () => this.#change('form'));
    this.#buttons.json.addEventListener('click', () => this.#change('json'));
  }

  /** Begins anew with another operation's schema. */
  open(schema: unknown): void {
    const form = toForm(schema);
    this.#form = form === null ? null : new FormField(form);
    this.#space.replaceChildren(...(this.#form === null ? [] : [this.#form.element]));
    this.#json.value = '';
    this.#buttons.form.disabled = form === null;
    this.#buttons.form.title = form === null ? 'The schema of this input has no form' : '';
    this.#show(form === null ? 'json' : 'form');
    this.showProblems([]);
  }

  focus(): void {
    if (this.#mode === 'form') this.#form?.first?.focus();
    else this.#json.focus();
  }

  /** @returns What was put in, or null where that can't be read, which is then shown. */
  read(): { readonly value: unknown } | null {
    const problems: InputProblem[] = [];
    const value = this.#read(problems);
    this.showProblems(problems, problems.length > 0);
    return problems.length > 0 ? null : { value };
  }

  /** Shows what does not fit at the fields. @param focuses Whether the first such field gets the focus. */
  showProblems(problems: readonly InputProblem[], focuses = false): void {
    const isJson = this.#mode === 'json';
    const lines = isJson ? problems.map(({ path, message }) => [...path, message].join(': ')) : [];
    setText(this.#problem, lines.join('\n'));
    this.#problem.hidden = lines.length === 0;
    this.#json.setAttribute('aria-invalid', String(lines.length > 0));
    const field = this.#form?.showProblems(isJson ? [] : problems) ?? null;
    if (focuses && problems.length > 0) (isJson ? this.#json : field)?.focus();
  }

  #read(problems: InputProblem[]): unknown {
    if (this.#mode === 'form') return this.#form?.read(problems);
    return readJson(this.#json.value, (message) => problems.push({ path: [], message }));
  }

  #change(mode: Mode): void {
    if (mode === this.#mode) return;
    const read = this.read();
    if (read === null) return;
    this.#show(mode);
    if (mode === 'form') this.#form?.write(read.value);
    else this.#json.value = writeJson(read.value);
    this.showProblems([]);
  }

  #show(mode: Mode): void {
    this.#mode = mode;
    this.#space.hidden = mode !== 'form';
    this.#jsonSpace.hidden = mode !== 'json';
    for (const [name, button] of Object.entries(this.#buttons))
      button.setAttribute('aria-pressed', String(name === mode));
  }
}
