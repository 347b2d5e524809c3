import type { Insertable, InsertQueryBuilder, InsertResult, Kysely } from 'kysely';
import { engineOf } from './engine';

/** Inserts one row into a table with a counting `id`, in one statement, and gives that id. */
export async function insertForId<DB, TB extends keyof DB>(
  db: Kysely<DB>,
  insert: InsertQueryBuilder<DB, TB, InsertResult>,
): Promise<number> {
  if (engineOf(db).dialect === 'mysql') return Number((await insert.executeTakeFirstOrThrow()).insertId);
  const row = await insert.returning('id' as never).executeTakeFirstOrThrow();
  return (row as { id: number }).id;
}

/** Inserts a row or, where one with the same `keys` is there already, sets its columns to `changes`. */
export async function upsert<DB, TB extends keyof DB & string>(
  db: Kysely<DB>,
  table: TB,
  row: Insertable<DB[TB]>,
  keys: readonly (keyof DB[TB] & string)[],
  changes: object,
): Promise<void> {
  const insert = db.insertInto(table).values(row);
  await (
    engineOf(db).dialect === 'mysql'
      ? insert.onDuplicateKeyUpdate(changes)
      : insert.onConflict((conflict) => conflict.columns(keys).doUpdateSet(changes))
  ).execute();
}
