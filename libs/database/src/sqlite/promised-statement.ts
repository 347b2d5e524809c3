import type { QueryResult } from 'kysely';
import type { Database, RunResult, Statement } from 'sqlite3';

export function prepare(database: Database, sql: string): Promise<Statement> {
  return new Promise((resolve, reject) => {
    const statement: Statement = database.prepare(sql, (error) => (error ? reject(error) : resolve(statement)));
  });
}

export function finalize(statement: Statement): Promise<void> {
  return new Promise((resolve) => statement.finalize(() => resolve()));
}

/** Runs a statement that gives rows. */
export function all<R>(statement: Statement, parameters: unknown[]): Promise<QueryResult<R>> {
  return new Promise((resolve, reject) => {
    statement.all<R>(parameters, (error, rows) => (error ? reject(error) : resolve({ rows })));
  });
}

/** Runs a statement that gives no rows. */
export function run<R>(statement: Statement, parameters: unknown[]): Promise<QueryResult<R>> {
  return new Promise((resolve, reject) => {
    statement.run(parameters, function (this: RunResult, error: Error | null) {
      if (error) reject(error);
      else resolve({ rows: [], numAffectedRows: BigInt(this.changes), insertId: BigInt(this.lastID) });
    });
  });
}

export function bind(statement: Statement, parameters: unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    statement.bind(parameters, (error: Error | null) => (error ? reject(error) : resolve()));
  });
}

/** The next row of a bound statement; undefined behind the last. */
export function next<R>(statement: Statement): Promise<R | undefined> {
  return new Promise((resolve, reject) => {
    statement.get<R>((error, row) => (error ? reject(error) : resolve(row)));
  });
}
