import { Expression, RawBuilder, sql, SqlBool } from 'kysely';

/** Whether text has `part` in it, upper and lower case apart. Each engine has another function for it; all have this one. */
export function contains(text: Expression<unknown>, part: string): RawBuilder<SqlBool> {
  return part === '' ? sql<SqlBool>`1 = 1` : sql<SqlBool>`replace(${text}, ${part}, '') <> ${text}`;
}
