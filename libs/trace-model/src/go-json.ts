import type { AttributeValue } from './span';

const ESCAPED = /[<>&\u2028\u2029]/g;

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function inOrder(value: AttributeValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly AttributeValue[]).map(inOrder);
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, inOrder(inner)]));
}

/** A list or a map as JSON in the way of Go, in which Jaeger is written: keys in order, and no character that HTML could take for its own. */
export function goJson(value: AttributeValue): string {
  return JSON.stringify(inOrder(value)).replace(ESCAPED, escape);
}

/** An attribute's value as text, as Jaeger shows it and compares it with what is searched for. */
export function goText(value: AttributeValue): string {
  if (typeof value === 'string') return value;
  return value === null ? '' : typeof value === 'object' ? goJson(value) : String(value);
}
