import { existsSync } from 'node:fs';
import { nameOf, parseConnectionUrl } from './connection-url';
import { Migrations, schemaVersion } from './migrate';
import { connect, ConnectOptions, openDatabase } from './open-database';

/** What a database is at: the target without user and password, and its last migration. */
export interface DatabaseState {
  database: string;
  /** Null before the first migration. */
  version: string | null;
}

/** Does `db sync` or `db version` of a service's `-manage` command. */
export async function manageDatabase(
  task: 'sync' | 'version',
  connectionUrl: string,
  options: ConnectOptions & { migrations: Migrations },
): Promise<DatabaseState> {
  if (task === 'sync') await (await openDatabase(connectionUrl, options)).destroy();
  const target = parseConnectionUrl(connectionUrl, options.baseDir ?? process.cwd());
  const database = nameOf(target);
  if (target.dialect === 'sqlite' && !existsSync(target.file)) return { database, version: null };
  const { db } = await connect(connectionUrl, options);
  try {
    return { database, version: (await schemaVersion(db, options.migrations)) ?? null };
  } finally {
    await db.destroy();
  }
}
