import { Kysely, Migration, Migrator } from 'kysely';

/** The steps that make a schema, by name. They run in the order of their names, each once for ever. */
export type Migrations = Readonly<Record<string, Migration>>;

/**
 * Brings the schema up to date: all pending migrations or none. They run in one transaction that holds the write lock
 * before it looks what is pending, so of two processes that come up at once one migrates and the other finds it done.
 */
export async function migrateToLatest<DB>(db: Kysely<DB>, migrations: Migrations): Promise<void> {
  const { error } = await new Migrator({
    db,
    provider: { getMigrations: () => Promise.resolve(migrations) },
  }).migrateToLatest();
  if (error !== undefined) throw error as Error;
}
