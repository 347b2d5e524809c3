import { Kysely } from 'kysely';
import { ConnectionTarget, nameOf, parseConnectionUrl } from './connection-url';
import { Engine } from './engine';
import { Migrations, migrateToLatest } from './migrate';
import { OpenError } from './errors';
import { RetrySettings } from './retry';
import { awaitServer, StartSettings } from './server/await-server';
import { serverDialect } from './server/server-dialect';
import type { StatementEvent } from './statement';

/** Options of section `[database]` that say how a server is used; times in seconds. */
export interface ServerSettings extends StartSettings, RetrySettings {
  /** Connections that are kept. */
  max_pool_size: number;
  /** Further ones under load. */
  max_overflow: number;
  /** How long to wait for one of them. */
  pool_timeout: number;
}

export interface ConnectOptions {
  /** Folder that a relative `sqlite:///` path starts from; the working folder when unset. */
  baseDir?: string;
  /** How a server is used; the defaults of oslo.db when unset. */
  settings?: Partial<ServerSettings>;
  /** Called after each statement. */
  onQuery?: (event: StatementEvent) => void;
  /** Told, in a sentence, of a server that does not answer yet. */
  warn?: (message: string) => void;
}

export interface OpenDatabaseOptions extends ConnectOptions {
  /** The schema of the role that this database plays. */
  migrations: Migrations;
}

const defaults: ServerSettings = {
  max_pool_size: 5,
  max_overflow: 15,
  pool_timeout: 30,
  max_retries: 10,
  retry_interval: 10,
  db_max_retries: 20,
  db_retry_interval: 1,
  db_max_retry_interval: 10,
};

/** A database that is open, whatever its schema. */
export interface Connected<DB> {
  db: Kysely<DB>;
  engine: Engine;
  target: ConnectionTarget;
  /** Statements are tried again from now on. The schema's own are not: a lost connection loses the migration lock as well. */
  startRetrying(): void;
}

/** @throws Error in one sentence when the URL is not understood, or the file or the server cannot be reached */
export async function connect<DB>(connectionUrl: string, options: ConnectOptions): Promise<Connected<DB>> {
  const target = parseConnectionUrl(connectionUrl, options.baseDir ?? process.cwd());
  const engine: Engine = { dialect: target.dialect };
  if (target.dialect === 'sqlite') {
    // Loaded here, so that a compute host, which has no database, does without the driver.
    const { SqliteDialect } = await import('./sqlite/sqlite-dialect');
    const db = new Kysely<DB>({ dialect: new SqliteDialect(target.file, options.onQuery) });
    return { db, engine, target, startRetrying: () => undefined };
  }
  const settings = { ...defaults, ...options.settings };
  const { database: namespace, host, port, dialect: system } = target;
  const dialect = await serverDialect(target, {
    engine,
    place: { system, namespace, server: { 'server.address': host, 'server.port': port } },
    maxPoolSize: settings.max_pool_size,
    maxOverflow: settings.max_overflow,
    poolTimeout: settings.pool_timeout,
    onQuery: options.onQuery,
  });
  const db = new Kysely<DB>({ dialect });
  try {
    await awaitServer(db, target, settings, options.warn ?? (() => undefined));
  } catch (error) {
    await db.destroy();
    throw error;
  }
  return { db, engine, target, startRetrying: () => void (engine.retry = settings) };
}

/**
 * Opens the database that a connection URL names, in SQLAlchemy's form, makes an SQLite file with its folder when missing and
 * brings the schema up to date. `destroy()` on the result waits for running statements and closes file or connections.
 *
 * A transaction holds its connection until it ends, and SQLite has no other, so inside of one every statement must go through
 * the transaction's own handle: one through the outer handle could wait for ever.
 * @throws Error in one sentence when the URL is not understood, or the file or the server cannot be reached or written
 */
export async function openDatabase<DB>(connectionUrl: string, options: OpenDatabaseOptions): Promise<Kysely<DB>> {
  const { db, target, startRetrying } = await connect<DB>(connectionUrl, options);
  try {
    await migrateToLatest(db, options.migrations);
  } catch (error) {
    await db.destroy();
    if (error instanceof OpenError) throw error;
    const check =
      target.dialect === 'sqlite'
        ? 'check that the file is writable and of this version'
        : 'check that its user may change the schema, that no other service has the same database and that it is of this version';
    throw new Error(
      `Cannot bring the schema of the database ${nameOf(target)} up to date (${(error as Error).message}): ${check}.`,
      { cause: error },
    );
  }
  startRetrying();
  return db;
}
