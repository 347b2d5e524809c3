import { BYTES, MILLISECONDS } from '../schema/values';

/** The largest unit in which the number stays whole. */
function inUnits(value: number, units: Record<string, number>): string {
  const [unit, scale] = Object.entries(units).findLast(([, size]) => value >= size && value % size === 0) ?? Object.entries(units)[0]!; // prettier-ignore
  return `${value / scale} ${unit}`;
}

/** `4194304` → `4 MiB`. */
export function sizeInWords(bytes: number): string {
  return inUnits(bytes, BYTES);
}

/** Milliseconds: `200` → `200 ms`. */
export function timeInWords(milliseconds: number): string {
  return inUnits(milliseconds, MILLISECONDS);
}

/** `a, b and c`. */
export function listInWords(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}
