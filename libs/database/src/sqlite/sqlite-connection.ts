import { performance } from 'node:perf_hooks';
import { basename, extname } from 'node:path';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Database, RunResult, Statement } from 'sqlite3';
import { DatabaseError } from '../errors';
import { describeStatement, StatementEvent } from '../statement';
import { endStatementSpan, startStatementSpan } from '../statement-span';
import { toSqliteParameter } from './parameters';
import { finalize, prepare, PreparedStatements } from './prepared-statements';

function all<R>(statement: Statement, parameters: unknown[]): Promise<QueryResult<R>> {
  return new Promise((resolve, reject) => {
    statement.all<R>(parameters, (error, rows) => (error ? reject(error) : resolve({ rows })));
  });
}

function run<R>(statement: Statement, parameters: unknown[]): Promise<QueryResult<R>> {
  return new Promise((resolve, reject) => {
    statement.run(parameters, function (this: RunResult, error: Error | null) {
      if (error) reject(error);
      else resolve({ rows: [], numAffectedRows: BigInt(this.changes), insertId: BigInt(this.lastID) });
    });
  });
}

function bind(statement: Statement, parameters: unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    statement.bind(parameters, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

function next<R>(statement: Statement): Promise<R | undefined> {
  return new Promise((resolve, reject) => {
    statement.get<R>((error, row) => (error ? reject(error) : resolve(row)));
  });
}

/** sqlite3's errors are plain and carry no trace of the statement. */
function inOwnTerms(error: unknown, sql: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  return code?.startsWith('SQLITE_') ? new DatabaseError(message, code, sql) : error;
}

/** Runs kysely's statements on an open file, one at a time; each is a span of the trace that asks. */
export class SqliteConnection implements DatabaseConnection {
  readonly #statements: PreparedStatements;
  readonly #namespace: string;

  constructor(
    private readonly database: Database,
    file: string,
    private readonly onQuery?: (event: StatementEvent) => void,
  ) {
    this.#statements = new PreparedStatements(database);
    this.#namespace = basename(file, extname(file));
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql } = query;
    const description = describeStatement(query);
    const span = startStatementSpan('sqlite', this.#namespace, sql, description);
    const started = performance.now();
    try {
      const parameters = query.parameters.map(toSqliteParameter);
      const statement = await this.#statements.get(sql);
      const result = await (description.returnsRows ? all<R>(statement, parameters) : run<R>(statement, parameters));
      endStatementSpan(span);
      this.onQuery?.({ sql, durationMillis: performance.now() - started });
      return result;
    } catch (caught) {
      const error = inOwnTerms(caught, sql);
      endStatementSpan(span, error);
      this.onQuery?.({ sql, durationMillis: performance.now() - started, error });
      // A statement that failed half-way stays active, and would keep the transaction from ending.
      await this.#statements.drop(sql);
      throw error;
    }
  }

  /** Gives one row at a time, whatever the chunk size: SQLite has no larger unit. */
  async *streamQuery<R>(query: CompiledQuery): AsyncIterableIterator<QueryResult<R>> {
    const statement = await prepare(this.database, query.sql);
    try {
      await bind(statement, query.parameters.map(toSqliteParameter));
      for (let row = await next<R>(statement); row !== undefined; row = await next<R>(statement)) yield { rows: [row] };
    } catch (error) {
      throw inOwnTerms(error, query.sql);
    } finally {
      await finalize(statement);
    }
  }

  /** Runs a statement that steers the connection itself, such as BEGIN: no span, no event. */
  async control(sql: string): Promise<void> {
    try {
      await run(await this.#statements.get(sql), []);
    } catch (error) {
      await this.#statements.drop(sql);
      throw inOwnTerms(error, sql);
    }
  }

  async release(): Promise<void> {
    await this.#statements.dropAll();
  }
}
