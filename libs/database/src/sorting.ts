import { Kysely, OrderByItemBuilder, sql } from 'kysely';
import { engineOf } from './engine';

export interface IndexedColumn {
  name: string;
  /** May be NULL, which sorts first, as in SQLite and MySQL. */
  nullable?: boolean;
}

/** Makes an index that is in the order of {@link nullsFirst}. */
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

/** Sorts a column that may be NULL as SQLite and MySQL do by themselves: NULL is less than all. */
export function nullsFirst<DB>(
  db: Kysely<DB>,
  direction: 'asc' | 'desc',
): (item: OrderByItemBuilder) => OrderByItemBuilder {
  const says = engineOf(db).dialect === 'postgresql';
  if (direction === 'asc') return (item) => (says ? item.asc().nullsFirst() : item.asc());
  return (item) => (says ? item.desc().nullsLast() : item.desc());
}
