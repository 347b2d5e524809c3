import {
  CompiledQuery,
  createQueryId,
  Driver,
  IdentifierNode,
  QueryCompiler,
  RawNode,
  TransactionSettings,
} from 'kysely';
import type { Database } from 'sqlite3';
import type { StatementEvent } from '../statement';
import { SqliteConnection } from './sqlite-connection';
import { closeSqliteFile, openSqliteFile } from './sqlite-file';
import { Turnstile } from './turnstile';

type Compile = QueryCompiler['compileQuery'];

function savepointCommand(command: string, name: string, compile: Compile): CompiledQuery {
  return compile(RawNode.create([`${command} `, ''], [IdentifierNode.create(name)]), createQueryId());
}

/** kysely's driver over one connection to an SQLite file. Whoever holds the connection has it to himself. */
export class SqliteDriver implements Driver {
  readonly #turnstile = new Turnstile();
  #database: Database | undefined;
  #connection: SqliteConnection | undefined;

  constructor(
    private readonly file: string,
    private readonly onQuery?: (event: StatementEvent) => void,
  ) {}

  async init(): Promise<void> {
    this.#database = await openSqliteFile(this.file);
    this.#connection = new SqliteConnection(this.#database, this.file, this.onQuery);
  }

  async acquireConnection(): Promise<SqliteConnection> {
    await this.#turnstile.enter();
    return this.#connection!;
  }

  releaseConnection(): Promise<void> {
    this.#turnstile.leave();
    return Promise.resolve();
  }

  /** Takes the write lock at once: two that read first and both want to write later would block each other for good. */
  beginTransaction(connection: SqliteConnection, { accessMode }: TransactionSettings): Promise<void> {
    return connection.control(accessMode === 'read only' ? 'BEGIN' : 'BEGIN IMMEDIATE');
  }

  commitTransaction(connection: SqliteConnection): Promise<void> {
    return connection.control('COMMIT');
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    try {
      await connection.control('ROLLBACK');
    } catch (error) {
      // A full disk, for one, makes SQLite roll back by itself. The first error is the one to tell.
      if (!(error as Error).message.includes('no transaction is active')) throw error;
    }
  }

  async savepoint(connection: SqliteConnection, name: string, compile: Compile): Promise<void> {
    await connection.control(savepointCommand('SAVEPOINT', name, compile).sql);
  }

  async rollbackToSavepoint(connection: SqliteConnection, name: string, compile: Compile): Promise<void> {
    await connection.control(savepointCommand('ROLLBACK TO', name, compile).sql);
  }

  async releaseSavepoint(connection: SqliteConnection, name: string, compile: Compile): Promise<void> {
    await connection.control(savepointCommand('RELEASE', name, compile).sql);
  }

  /** Lets whoever has or awaits the connection finish, then closes the file. */
  async destroy(): Promise<void> {
    await this.#turnstile.enter();
    await this.#connection?.release();
    if (this.#database) await closeSqliteFile(this.#database);
  }
}
