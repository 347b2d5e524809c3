import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { Database } from 'sqlite3';
import { OpenError } from '../errors';

const BUSY_TIMEOUT_MS = 10_000;
const BUSY_RETRY_MS = 10;

function reason(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? (error as Error).message;
}

function makeFolder(file: string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw new OpenError(
      `Cannot make the folder ${dirname(file)} for the database (${reason(error)}): make its parent writable or name another place.`,
      { cause: error },
    );
  }
}

function open(file: string): Promise<Database> {
  return new Promise((resolve, reject) => {
    const database = new Database(file, (error) => (error ? reject(error) : resolve(database)));
  });
}

function execute(database: Database, sql: string): Promise<void> {
  return new Promise((resolve, reject) => {
    database.exec(sql, (error) => (error ? reject(error) : resolve()));
  });
}

/** The switch to WAL needs the file to itself and does not honour the busy timeout, so two processes that start at once must take turns. */
async function switchToWal(database: Database): Promise<void> {
  const deadline = Date.now() + BUSY_TIMEOUT_MS;
  for (;;) {
    try {
      return await execute(database, 'PRAGMA journal_mode = WAL');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'SQLITE_BUSY' || Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, BUSY_RETRY_MS));
    }
  }
}

/**
 * Opens an SQLite file for many readers and one writer at a time, over all processes: write-ahead log, a wait of up to 10 s
 * for another process's transaction, foreign keys enforced.
 */
export async function openSqliteFile(file: string): Promise<Database> {
  if (file !== ':memory:') makeFolder(file);
  let database: Database | undefined;
  try {
    database = await open(file);
    database.configure('busyTimeout', BUSY_TIMEOUT_MS);
    await switchToWal(database);
    await execute(database, 'PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON');
    return database;
  } catch (error) {
    if (database) await closeSqliteFile(database);
    throw new OpenError(
      `Cannot open the database file ${file} (${(error as Error).message}): check that it is an SQLite file and that it and its folder are writable.`,
      { cause: error },
    );
  }
}

export function closeSqliteFile(database: Database): Promise<void> {
  return new Promise((resolve, reject) => {
    database.close((error) => (error ? reject(error) : resolve()));
  });
}
