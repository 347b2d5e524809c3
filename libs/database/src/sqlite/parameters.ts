/**
 * A value as sqlite3 can bind it. sqlite3 itself would store an object as `[object Object]` and a bigint as NULL without a
 * word, hence the check.
 */
export function toSqliteParameter(value: unknown): string | number | boolean | Buffer | null {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
      return value;
    case 'undefined':
      return null;
    case 'bigint':
      // As text, which the column's integer affinity turns into the exact number again.
      return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString();
    default:
      if (value === null || Buffer.isBuffer(value)) return value;
      if (value instanceof Uint8Array) return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
      throw new TypeError(
        `SQLite cannot store a value of type ${value?.constructor.name ?? typeof value}; give text, a number or bytes.`,
      );
  }
}
