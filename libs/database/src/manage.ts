import { existsSync } from 'node:fs';
import { nameOf, parseConnectionUrl } from './connection-url';
import { schemaVersion } from './migrate';
import { connect, openDatabase, OpenDatabaseOptions } from './open-database';

/** What a database is at: its name without user and password, and its last migration. */
export interface DatabaseState {
  database: string;
  /** Null before the first migration. */
  version: string | null;
}

const tasks = ['sync', 'version'] as const;
export type ManageTask = (typeof tasks)[number];

/** Brings the schema up to date for `sync`, and says for both at which migration it is. */
export async function manageDatabase(
  task: ManageTask,
  connectionUrl: string,
  options: OpenDatabaseOptions,
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

/**
 * The whole of a service's `-manage` process: does `db sync` or `db version`, as its arguments say, and prints the state as
 * JSON. Exit code 1 with one sentence on standard error when it could not.
 */
export async function runManage(
  manage: (task: ManageTask, warn: (message: string) => void) => Promise<DatabaseState>,
): Promise<void> {
  const tell = (message: string) => process.stderr.write(`${message}\n`);
  try {
    const [topic, word] = process.argv.slice(2);
    const task = tasks.find((known) => topic === 'db' && known === word);
    if (task === undefined) throw new Error('Write db sync or db version.');
    process.stdout.write(`${JSON.stringify(await manage(task, tell))}\n`);
  } catch (error) {
    tell(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
