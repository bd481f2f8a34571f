import { create } from '../dom.ts';
import type { Choice, Field } from './schema-fields.ts';

/** What is wrong with an input, and where. */
export interface InputProblem {
  readonly path: readonly string[];
  readonly message: string;
}

/** Where one value is put in. */
export interface Control {
  readonly element: HTMLElement;
  readonly hint: string | null;
  /** What it holds; undefined for nothing. @param complain Takes what can't be read. */
  read(complain: (message: string) => void): unknown;
  write(value: unknown): void;
}

/** Makes what a field that is no group is put in with. */
export function createControl(field: Exclude<Field, { readonly kind: 'group' }>): Control {
  const control = make(field);
  control.write(field.initial);
  return control;
}

function make(field: Exclude<Field, { readonly kind: 'group' }>): Control {
  const { hint, isRequired } = field;
  switch (field.kind) {
    case 'text':
    case 'number':
      return createLine(field.kind, { hint, isRequired });
    case 'boolean':
      return createChoice(isRequired ? [false, true] : [true, false], { hint, isRequired });
    case 'choice':
      return createChoice(field.choices, { hint, isRequired });
    case 'list':
      return createList(field.of, { hint, isRequired });
    case 'json':
      return createJson(hint);
  }
}

interface Traits {
  readonly hint: string | null;
  readonly isRequired: boolean;
}

/** A text that is left empty is left out where it may be. A number that is none goes as it is, for the validator to say so. */
function createLine(kind: 'text' | 'number', { hint, isRequired }: Traits): Control {
  const element = create('input', { class: 'input' });
  element.type = 'text';
  element.spellcheck = false;
  element.autocomplete = 'off';
  if (kind === 'number') element.inputMode = 'decimal';
  element.required = isRequired;
  return {
    element,
    hint,
    read: () => {
      if (kind === 'number') return element.value.trim() === '' ? undefined : toNumber(element.value);
      return element.value === '' && !isRequired ? undefined : element.value;
    },
    write: (value) => {
      element.value = typeof value === 'string' || typeof value === 'number' ? String(value) : '';
    },
  };
}

function createChoice(choices: readonly Choice[], { hint, isRequired }: Traits): Control {
  const element = create('select', { class: 'input' });
  const nothing = create('option', { text: 'not given' });
  nothing.value = '';
  element.append(
    ...(isRequired ? [] : [nothing]),
    ...choices.map((choice) => {
      const option = create('option', { text: String(choice) });
      option.value = JSON.stringify(choice);
      return option;
    }),
  );
  return {
    element,
    hint,
    read: () => choices.find((choice) => JSON.stringify(choice) === element.value),
    write: (value) => {
      const at = choices.findIndex((choice) => choice === value);
      element.selectedIndex = at === -1 ? 0 : at + (isRequired ? 0 : 1);
    },
  };
}

function createList(of: 'text' | 'number', { hint, isRequired }: Traits): Control {
  const element = createLines(3);
  return {
    element,
    hint: hint ?? `One ${of === 'text' ? 'text' : 'number'} on each line`,
    read: () => {
      const lines = element.value.split('\n').filter((line) => line !== '');
      if (lines.length === 0) return isRequired ? [] : undefined;
      return of === 'number' ? lines.map(toNumber) : lines;
    },
    write: (value) => {
      element.value = Array.isArray(value) ? value.map(String).join('\n') : '';
    },
  };
}

function createJson(hint: string | null): Control {
  const element = createLines(3);
  return {
    element,
    hint: hint === null ? 'JSON' : `${hint}, as JSON`,
    read: (complain) => readJson(element.value, complain),
    write: (value) => {
      element.value = writeJson(value);
    },
  };
}

export function createLines(rows: number): HTMLTextAreaElement {
  const element = create('textarea', { class: 'input code' });
  element.rows = rows;
  element.spellcheck = false;
  return element;
}

/** Nothing is no value. */
export function readJson(text: string, complain: (message: string) => void): unknown {
  if (text.trim() === '') return undefined;
  try {
    return JSON.parse(text);
  } catch (error) {
    complain(`This is no JSON: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

export function writeJson(value: unknown): string {
  return value === undefined ? '' : JSON.stringify(value, null, 2);
}

function toNumber(text: string): number | string {
  const number = Number(text);
  return text.trim() === '' || Number.isNaN(number) ? text : number;
}
