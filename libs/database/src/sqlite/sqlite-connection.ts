import { performance } from 'node:perf_hooks';
import { basename, extname } from 'node:path';
import type { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Database, Statement } from 'sqlite3';
import { DatabaseError } from '../errors';
import { describeStatement, StatementEvent } from '../statement';
import { endStatementSpan, StatementPlace, startStatementSpan } from '../statement-span';
import { toSqliteParameter } from './parameters';
import { PreparedStatements } from './prepared-statements';
import { all, bind, finalize, next, prepare, run } from './promised-statement';

/** sqlite3's errors are plain and carry no trace of the statement. */
function inOwnTerms(error: unknown, sql: string): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (!code?.startsWith('SQLITE_')) return error;
  const duplicate = /(UNIQUE|PRIMARY KEY) constraint failed/.test(message);
  return new DatabaseError(message, code, sql, duplicate ? 'duplicate' : 'refused');
}

/** Runs kysely's statements on an open file, one at a time; each is a span of the trace that asks. */
export class SqliteConnection implements DatabaseConnection {
  readonly #statements: PreparedStatements;
  readonly #place: StatementPlace;

  constructor(
    private readonly database: Database,
    file: string,
    private readonly onQuery?: (event: StatementEvent) => void,
  ) {
    this.#statements = new PreparedStatements(database);
    this.#place = { system: 'sqlite', namespace: basename(file, extname(file)) };
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { sql } = query;
    const description = describeStatement(query);
    const span = startStatementSpan(this.#place, sql, description);
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
    let statement: Statement | undefined;
    try {
      statement = await prepare(this.database, query.sql);
      await bind(statement, query.parameters.map(toSqliteParameter));
      for (let row = await next<R>(statement); row !== undefined; row = await next<R>(statement)) yield { rows: [row] };
    } catch (error) {
      throw inOwnTerms(error, query.sql);
    } finally {
      if (statement) await finalize(statement);
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
