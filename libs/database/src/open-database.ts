import { Kysely } from 'kysely';
import { ConnectionTarget, parseConnectionUrl } from './connection-url';
import { Migrations, migrateToLatest } from './migrate';
import { OpenError } from './errors';
import { SqliteDialect } from './sqlite/sqlite-dialect';
import type { StatementEvent } from './statement';

export interface OpenDatabaseOptions {
  /** The schema of the role that this database plays. */
  migrations: Migrations;
  /** Folder that a relative `sqlite:///` path starts from; the working folder when unset. */
  baseDir?: string;
  /** Called after each statement. */
  onQuery?: (event: StatementEvent) => void;
}

function dialectFor({ dialect, file }: ConnectionTarget, options: OpenDatabaseOptions) {
  switch (dialect) {
    case 'sqlite':
      return new SqliteDialect(file, options.onQuery);
  }
}

/**
 * Opens the database that a connection URL names, in SQLAlchemy's form, makes its folder when missing and brings its
 * schema up to date. `destroy()` on the result waits for running statements and closes the file.
 *
 * There is one connection. A transaction holds it until it ends, so inside of one every statement must go through the
 * transaction's own handle: one through the outer handle would wait for ever.
 * @throws Error in one sentence when the URL is not understood or the file cannot be opened or written
 */
export async function openDatabase<DB>(connectionUrl: string, options: OpenDatabaseOptions): Promise<Kysely<DB>> {
  const target = parseConnectionUrl(connectionUrl, options.baseDir ?? process.cwd());
  const db = new Kysely<DB>({ dialect: dialectFor(target, options) });
  try {
    await migrateToLatest(db, options.migrations);
  } catch (error) {
    await db.destroy();
    if (error instanceof OpenError) throw error;
    throw new Error(
      `Cannot bring the schema of the database ${target.file} up to date (${(error as Error).message}): check that the file is writable and of this version.`,
      { cause: error },
    );
  }
  return db;
}
