import { Kysely, Migration, Migrator, sql } from 'kysely';
import { engineOf } from './engine';

/** The steps that make a schema, by name. They run in the order of their names, each once for ever. */
export type Migrations = Readonly<Record<string, Migration>>;

function migrator<DB>(db: Kysely<DB>, migrations: Migrations): Migrator {
  return new Migrator({ db, provider: { getMigrations: () => Promise.resolve(migrations) } });
}

/**
 * Makes text compare in MySQL and MariaDB as it does in the others, byte by byte: names differ in case, in accents and in
 * spaces at their end. Tables that are made later have it from the database.
 */
async function compareByBytes<DB>(db: Kysely<DB>): Promise<void> {
  const { rows } = await sql<{ collation: string; version: string }>`
    select @@collation_database as collation, version() as version`.execute(db);
  const wanted = rows[0]?.version.includes('MariaDB') ? 'utf8mb4_nopad_bin' : 'utf8mb4_0900_bin';
  if (rows[0]?.collation === wanted) return;
  await sql.raw(`alter database character set utf8mb4 collate ${wanted}`).execute(db);
}

/**
 * Brings the schema up to date: all pending migrations or none. SQLite's transaction holds the write lock before it looks
 * what is pending, servers have an advisory lock, so of two processes that come up at once one migrates and the other finds it
 * done. MySQL cannot take back changes of the schema, so what a failed migration has made there stays.
 */
export async function migrateToLatest<DB>(db: Kysely<DB>, migrations: Migrations): Promise<void> {
  if (engineOf(db).dialect === 'mysql') await compareByBytes(db);
  const { error } = await migrator(db, migrations).migrateToLatest();
  if (error !== undefined) throw error as Error;
}

/** The name of the last migration that ran here; undefined before the first. */
export async function schemaVersion<DB>(db: Kysely<DB>, migrations: Migrations): Promise<string | undefined> {
  const known = await migrator(db, migrations).getMigrations();
  return known.findLast(({ executedAt }) => executedAt !== undefined)?.name;
}
