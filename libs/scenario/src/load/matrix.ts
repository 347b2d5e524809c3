import { matrix } from '../schema/scenario';
import type { CaseValues } from './scenario-case';

/** Most runs that a matrix gives. */
export const MOST_CASES = 100;

const PLACEHOLDER = /\$\{([a-z][a-z0-9_]*)\}/g;

/**
 * Every combination of a matrix, the last name changing fastest; one without values when there is no matrix, or a wrong one.
 * Undefined when there are too many.
 */
export function casesOf(raw: unknown): (CaseValues | undefined)[] | undefined {
  const { data } = matrix.safeParse(raw);
  if (!data) return [undefined];
  const rows = Object.entries(data);
  if (rows.reduce((product, [, values]) => product * values.length, 1) > MOST_CASES) return undefined;
  return rows.reduce<CaseValues[]>(
    (cases, [name, values]) => cases.flatMap((each) => values.map((value) => ({ ...each, [name]: value }))),
    [{}],
  );
}

function fill(text: string, values: CaseValues): unknown {
  const alone = /^\$\{([a-z][a-z0-9_]*)\}$/.exec(text)?.[1];
  if (alone !== undefined && Object.hasOwn(values, alone)) return values[alone];
  return text.replace(PLACEHOLDER, (all, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : all));
}

/** A copy in which `${name}` in any text is the value of that name; text that is nothing else takes its type. */
export function substitute(value: unknown, values: CaseValues): unknown {
  if (typeof value === 'string') return fill(value, values);
  if (Array.isArray(value)) return value.map((item) => substitute(item, values));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, substitute(item, values)]));
}

/** `size 4 MiB, api 2`. */
export function describeCase(values: CaseValues): string {
  return Object.entries(values)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ');
}
