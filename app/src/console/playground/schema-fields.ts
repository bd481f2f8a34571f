/** A part of an input as the form shows it. */
export type Field =
  | (Common & { readonly kind: 'text' | 'number' | 'boolean' | 'json' })
  | (Common & { readonly kind: 'choice'; readonly choices: readonly Choice[] })
  /** Of texts or numbers, one on each line. */
  | (Common & { readonly kind: 'list'; readonly of: 'text' | 'number' })
  | (Common & { readonly kind: 'group'; readonly fields: readonly Field[] });

interface Common {
  /** Its name within the group around it; empty for the whole input. */
  readonly key: string;
  readonly isRequired: boolean;
  readonly hint: string | null;
  /** What it holds at first; undefined for nothing. */
  readonly initial: unknown;
}

export type Choice = string | number | boolean | null;

interface Place {
  readonly key: string;
  readonly isRequired: boolean;
}

/** JSON Schema may be anything: what is not understood is written as JSON. */
type Schema = Readonly<Record<string, unknown>>;

/** Deeper groups are written as JSON. */
const DEEPEST = 4;

/** The form for an input with this JSON Schema; null where it would be one field of JSON, which is no form. */
export function toForm(schema: unknown): Field | null {
  const field = toField(schema, { key: '', isRequired: true }, 0);
  return field.kind === 'json' ? null : field;
}

function toField(schema: unknown, place: Place, depth: number): Field {
  if (!isSchema(schema)) return { ...place, kind: 'json', hint: null, initial: undefined };
  const common = { ...place, hint: readText(schema['description']), initial: schema['default'] };
  const choices = readChoices(schema);
  if (choices !== null) return { ...common, kind: 'choice', choices };
  const alternative = firstAlternative(schema);
  if (alternative !== null) {
    const field = toField(alternative, place, depth);
    return { ...field, hint: common.hint ?? field.hint, initial: common.initial ?? field.initial };
  }
  switch (readType(schema)) {
    case 'string':
      return { ...common, kind: 'text' };
    case 'number':
    case 'integer':
      return { ...common, kind: 'number', hint: common.hint ?? describeRange(schema) };
    case 'boolean':
      return { ...common, kind: 'boolean' };
    case 'array':
      return toList(schema, common);
    case 'object':
      return depth > DEEPEST ? { ...common, kind: 'json' } : toGroup(schema, common, depth);
    default:
      return { ...common, kind: 'json' };
  }
}

function toList(schema: Schema, common: Common): Field {
  const { items } = schema;
  const item = toField(items, { key: '', isRequired: true }, DEEPEST);
  if (item.kind === 'text' || item.kind === 'number') return { ...common, kind: 'list', of: item.kind };
  return { ...common, kind: 'json', hint: common.hint ?? 'A list' };
}

function toGroup(schema: Schema, common: Common, depth: number): Field {
  const { properties, required } = schema;
  if (!isSchema(properties) || Object.keys(properties).length === 0) return { ...common, kind: 'json' };
  const names: readonly unknown[] = Array.isArray(required) ? required : [];
  const fields = Object.entries(properties).map(([key, part]) =>
    toField(part, { key, isRequired: names.includes(key) }, depth + 1),
  );
  return { ...common, kind: 'group', fields };
}

/** Of several types, such as a number or null, the form has the first. */
function readType({ type }: Schema): unknown {
  return Array.isArray(type) ? type.find((each) => each !== 'null') : type;
}

/** Of several schemas, the form has the first that isn't open to anything; the others can be written as JSON. */
function firstAlternative(schema: Schema): unknown {
  const alternatives = schema['anyOf'] ?? schema['oneOf'];
  if (!Array.isArray(alternatives)) return null;
  return alternatives.find((each) => isSchema(each) && each['type'] !== 'null' && Object.keys(each).length > 0) ?? null;
}

function readChoices(schema: Schema): readonly Choice[] | null {
  if (isChoice(schema['const'])) return [schema['const']];
  const { enum: values } = schema;
  return Array.isArray(values) && values.every(isChoice) ? values : null;
}

function isChoice(value: unknown): value is Choice {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}

function describeRange({ minimum, maximum, type }: Schema): string | null {
  const bound = (value: unknown): string | null =>
    typeof value === 'number' && Math.abs(value) < Number.MAX_SAFE_INTEGER ? String(value) : null;
  const [least, most] = [bound(minimum), bound(maximum)];
  const what = type === 'integer' ? 'A whole number' : 'A number';
  if (least !== null && most !== null) return `${what} from ${least} to ${most}`;
  if (least !== null) return `${what}, at least ${least}`;
  return most === null ? what : `${what}, at most ${most}`;
}

function readText(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
