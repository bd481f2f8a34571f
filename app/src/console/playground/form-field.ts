import { create } from '../dom.ts';
import { type Control, createControl, type InputProblem } from './controls.ts';
import type { Field } from './schema-fields.ts';

/** A field of the form in the page, with the fields below it. */
export class FormField {
  readonly element: HTMLElement;
  readonly #field: Field;
  readonly #path: readonly string[];
  readonly #parts: readonly FormField[];
  readonly #control: Control | null;
  readonly #problem = create('p', { class: 'field-problem' });

  constructor(field: Field, path: readonly string[] = []) {
    this.#field = field;
    this.#path = path;
    this.#problem.hidden = true;
    const name = field.key === '' ? 'Input' : field.key;
    if (field.kind === 'group') {
      this.#control = null;
      this.#parts = field.fields.map((part) => new FormField(part, [...path, part.key]));
      const legend = create('legend', { text: name, class: path.length === 0 ? 'visually-hidden' : '' });
      this.element = create('fieldset', { class: 'field-group' }, [
        legend,
        this.#problem,
        ...this.#parts.map(({ element }) => element),
      ]);
      return;
    }
    this.#parts = [];
    this.#control = createControl(field);
    const id = `field-${path.join('.')}`;
    this.#control.element.id = id;
    this.#problem.id = `${id}-problem`;
    const label = create('label', { text: name });
    label.htmlFor = id;
    const optional = create('span', { class: 'faint', text: field.isRequired ? '' : 'optional' });
    const head = create('div', { class: 'field-head' }, [label, optional]);
    const hint = create('p', { class: 'field-hint', text: this.#control.hint ?? '' });
    hint.id = `${id}-hint`;
    this.#control.element.setAttribute('aria-describedby', `${this.#problem.id} ${hint.id}`);
    this.element = create('div', { class: 'field' }, [head, this.#control.element, this.#problem, hint]);
  }

  /** Where the form begins. */
  get first(): HTMLElement | null {
    if (this.#control !== null) return this.#control.element;
    return this.#parts[0]?.first ?? null;
  }

  /** What it holds; undefined for nothing. @param problems Takes what can't be read. */
  read(problems: InputProblem[]): unknown {
    if (this.#control !== null) return this.#control.read((message) => problems.push({ path: this.#path, message }));
    const entries = this.#parts.map((part): [string, unknown] => [part.#field.key, part.read(problems)]);
    const given = entries.filter(([, value]) => value !== undefined);
    if (given.length === 0 && !this.#field.isRequired) return undefined;
    return Object.fromEntries(given);
  }

  /** @param value What is no value for it leaves it empty. */
  write(value: unknown): void {
    if (this.#control !== null) this.#control.write(value);
    const holder: object = typeof value === 'object' && value !== null ? value : {};
    for (const part of this.#parts) {
      const { key } = part.#field;
      part.write(Object.hasOwn(holder, key) ? Reflect.get(holder, key) : undefined);
    }
  }

  /** Shows each problem at its field: the deepest that is on its path. @returns The first field that has one. */
  showProblems(problems: readonly InputProblem[]): HTMLElement | null {
    const depth = this.#path.length;
    const own = problems.filter(({ path }) => this.#parts.every(({ key }) => key !== path[depth]));
    this.#problem.textContent = own.map((problem) => describe(problem, depth)).join('; ');
    this.#problem.hidden = own.length === 0;
    this.#control?.element.toggleAttribute('aria-invalid', false);
    if (own.length > 0) this.#control?.element.setAttribute('aria-invalid', 'true');
    const below = this.#parts.map((part) => part.showProblems(problems.filter(({ path }) => path[depth] === part.key)));
    const focusable = own.length > 0 ? this.first : null;
    return focusable ?? below.find((each) => each !== null) ?? null;
  }

  get key(): string {
    return this.#field.key;
  }
}

/** What lies below the field is said, such as which item of a list. */
function describe({ path, message }: InputProblem, depth: number): string {
  const rest = path.slice(depth);
  return rest.length === 0 ? message : `${rest.join('.')}: ${message}`;
}
