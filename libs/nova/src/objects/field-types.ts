import { ValueError } from '@bootlab/openstack';

/** Turns what glance gives (mostly text) into a field's value. @throws ValueError when it cannot be one */
export type FieldType<T> = (value: unknown, field: string) => T;

export const text: FieldType<string> = (value) => String(value);

/** Lenient, as `strutils.bool_from_string`: whatever does not mean yes means no. */
export const flexibleBoolean: FieldType<boolean> = (value) =>
  ['1', 't', 'true', 'on', 'y', 'yes'].includes(String(value).trim().toLowerCase());

export const integer: FieldType<number> = (value, field) => {
  const number = typeof value === 'boolean' ? NaN : Number(value);
  if (String(value).trim() === '' || !Number.isSafeInteger(number)) {
    throw new ValueError(`${field} is ${shown(value)}, which is not a whole number.`);
  }
  return number;
};

/** A list of objects, as JSON text or as it is. */
export const listOfObjects: FieldType<Record<string, unknown>[]> = (value, field) => {
  const parsed = typeof value === 'string' ? parseJson(value) : value;
  const fits = Array.isArray(parsed) && parsed.every((item) => typeof item === 'object' && item !== null);
  if (!fits) throw new ValueError(`${field} is ${shown(value)}, which is not a list of objects.`);
  return parsed as Record<string, unknown>[];
};

/** Numbers separated by commas, e.g. the memory of each NUMA cell in MB. */
export const listOfIntegers: FieldType<number[]> = (value, field) =>
  (Array.isArray(value) ? value : String(value).split(',')).map((item) => integer(item, field));

/** One of a set of words; `alias` gives the set's word for another spelling. */
export function oneOf<const W extends string>(
  words: readonly W[],
  alias: (word: string) => string = (word) => word,
): FieldType<W> {
  return (value, field) => {
    const word = alias(String(value));
    const found = words.find((candidate) => candidate === word);
    if (found === undefined) throw new ValueError(`${field} is ${shown(value)}; it takes ${words.join(', ')}.`);
    return found;
  };
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return undefined;
  }
}

function shown(value: unknown): string {
  return typeof value === 'string' ? `'${value}'` : JSON.stringify(value);
}
