/** Turns rows into objects and back: JSON text and 0/1 in the row, values and booleans in the object; the rest is the same. */
export interface Codec<Value> {
  toObject(row: object): Value;
  /** Only the fields that `value` has. */
  toRow(value: Partial<Value>): Record<string, string | number | null>;
}

/** @param fields which columns hold JSON text, and which 0 or 1 */
export function codec<Value extends object>(fields: {
  json?: readonly (keyof Value & string)[];
  flags?: readonly (keyof Value & string)[];
}): Codec<Value> {
  const { json = [], flags = [] } = fields;
  return {
    toObject(row) {
      const value: Record<string, unknown> = { ...row };
      for (const name of json) value[name] = JSON.parse(value[name] as string);
      for (const name of flags) value[name] = value[name] !== 0;
      return value as Value;
    },
    toRow(value) {
      const row: Record<string, unknown> = { ...value };
      for (const name of json) if (name in row) row[name] = JSON.stringify(row[name]);
      for (const name of flags) if (name in row) row[name] = row[name] === true ? 1 : 0;
      return row as Record<string, string | number | null>;
    },
  };
}

/** Now, as the database keeps it. */
export function now(): string {
  return new Date().toISOString();
}
