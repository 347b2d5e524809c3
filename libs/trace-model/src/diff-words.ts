import type { DiffRow } from './diff';
import type { AttributeValue } from './span';
import { printable, truncate } from './text-width';

export type SideName = 'a' | 'b';

/** Of each kind so many things are told. */
export const MOST_OF_A_KIND = 8;
export const LONGEST_VALUE = 60;

export function title({ name, service }: DiffRow): string {
  return `\`${printable(name)}\` (${service})`;
}

export function valueText(value: AttributeValue | undefined): string {
  if (value === undefined) return 'nothing';
  const text = typeof value === 'object' ? JSON.stringify(value) : String(value);
  return truncate(printable(text), LONGEST_VALUE);
}

/** The rows above a row, from the inside out. */
export function* above(rows: readonly DiffRow[], row: DiffRow): Generator<DiffRow> {
  for (let at = row.parent; at !== undefined; at = rows[at]!.parent) yield rows[at]!;
}
