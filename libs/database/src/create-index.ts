import { Kysely, sql } from 'kysely';
import { engineOf } from './engine';

export interface IndexedColumn {
  name: string;
  /** May be NULL, which sorts first, as in SQLite and MySQL. */
  nullable?: boolean;
}

/** Makes an index in the order in which {@link orderBy} sorts. */
export async function createSortIndex<DB>(
  db: Kysely<DB>,
  name: string,
  table: string,
  columns: readonly IndexedColumn[],
): Promise<void> {
  const nullsFirst = engineOf(db).dialect === 'postgresql' ? sql` nulls first` : sql``;
  const parts = columns.map(({ name, nullable }) => sql`${sql.ref(name)}${nullable ? nullsFirst : sql``}`);
  await sql`create index ${sql.id(name)} on ${sql.table(table)} (${sql.join(parts)})`.execute(db);
}
