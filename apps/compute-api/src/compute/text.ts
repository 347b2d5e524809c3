const YES = ['1', 't', 'true', 'on', 'y', 'yes'];
const NO = ['0', 'f', 'false', 'off', 'n', 'no'];

/** A boolean, or a word for one; undefined for every other word. Plays `strutils.bool_from_string` with `strict`. */
export function strictBoolean(value: boolean | string): boolean | undefined {
  if (typeof value === 'boolean') return value;
  const word = value.trim().toLowerCase();
  return YES.includes(word) ? true : NO.includes(word) ? false : undefined;
}

/** Base 64 in one line or in many. */
export function isBase64(text: string): boolean {
  return /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/.test(text.replaceAll(/\s/g, ''));
}

/** A plain value as text; undefined for none, and for lists and objects. */
export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : undefined;
}
