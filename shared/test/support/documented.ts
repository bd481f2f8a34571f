import { readFileSync } from 'node:fs';

/** Reads the texts of `@default` in an interface's docstrings, by property; undefined where a property has none. */
export function readDefaults(file: string, name: string): Record<string, string | undefined> {
  const text = readFileSync(file, 'utf8');
  const body = new RegExp(`export interface ${name}\\b[^{]*\\{\\n(.*?)\\n\\}`, 's').exec(text)?.[1];
  if (body === undefined) throw new Error(`There is no interface ${name} in ${file}.`);
  const properties = body.matchAll(/(?:\/\*\*((?:[^*]|\*(?!\/))*)\*\/\s*)?readonly (\w+)\??:/g);
  return Object.fromEntries([...properties].map(([, comment = '', property = '']) => [property, findDefault(comment)]));
}

function findDefault(comment: string): string | undefined {
  return /@default (.*?)\s*$/m.exec(comment)?.[1];
}

const units: Readonly<Record<string, number>> = { s: 1_000, ms: 1, MiB: 1_048_576, KiB: 1_024, '': 1 };

/** The value that a default's text stands for: a literal of JavaScript, or an amount such as "64 MiB + 4 KiB" or "5 s". */
export function readDefault(text: string): unknown {
  const literal = /^`?(true|false|Infinity|'[^']*'|\[\]|\{\})`?$/.exec(text.trim())?.[1];
  if (literal === 'Infinity') return Infinity;
  if (literal !== undefined) return JSON.parse(literal.replaceAll("'", '"'));
  const amounts = [...text.matchAll(/(\d[\d_, ]*)(s|ms|MiB|KiB)?(?= *(?:[+,(]|$))/g)];
  if (amounts.length === 0) throw new Error(`'${text}' is no default that can be read.`);
  return amounts.reduce(
    (sum, [, digits = '', unit = '']) => sum + Number(digits.replaceAll(/[_, ]/g, '')) * (units[unit] ?? Number.NaN),
    0,
  );
}
