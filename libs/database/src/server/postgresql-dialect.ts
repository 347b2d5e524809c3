import { Dialect, Kysely, PostgresAdapter, PostgresDriver, PostgresIntrospector, PostgresQueryCompiler } from 'kysely';
import { Pool, types } from 'pg';
import type { ServerTarget } from '../connection-url';
import { DatabaseError, FailureKind } from '../errors';
import { socketFailure } from './connection-errors';
import { PoolDriver } from './pool-driver';
import { PLAN_OUTDATED, preparing } from './prepared-statements';
import type { ServerDialectOptions } from './server-dialect';

const { INT8, NUMERIC } = types.builtins;

function kindOf(sqlState: string): FailureKind {
  if (sqlState === '23505') return 'duplicate';
  if (['40001', '40P01', PLAN_OUTDATED].includes(sqlState)) return 'conflict';
  return /^(57P0[123]|53300|08...)$/.test(sqlState) ? 'disconnected' : 'refused';
}

function translate(error: unknown, sql: string): unknown {
  if (error instanceof DatabaseError) return error;
  const { code, message } = error as { code?: string; message: string };
  const socket = socketFailure(code);
  if (socket) return new DatabaseError(message || code!, code!, sql, socket);
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) return new DatabaseError(message, code, sql, kindOf(code));
  if (message.includes('not queryable')) return new DatabaseError(message, '08003', sql, 'disconnected');
  return message.startsWith('Connection terminated') ? new DatabaseError(message, '08006', sql, 'interrupted') : error;
}

/** Counts and sizes are numbers, as long as they are exact. */
function exactNumber(text: string): number | string {
  const number = Number(text);
  return Number.isInteger(number) && !Number.isSafeInteger(number) ? text : number;
}

function pool(
  { host, port, user, password, database }: ServerTarget,
  { maxPoolSize, maxOverflow }: ServerDialectOptions,
): Pool {
  const getTypeParser = ((id: number, format?: 'text'): unknown =>
    id === (INT8 as number) || id === (NUMERIC as number)
      ? exactNumber
      : types.getTypeParser(id, format)) as typeof types.getTypeParser;
  const made = new Pool({
    host,
    port,
    user,
    password,
    database,
    min: maxPoolSize,
    max: maxPoolSize + maxOverflow,
    types: { getTypeParser },
  });
  // Whoever uses the connection is told by his statement; one that nobody uses leaves the pool by itself.
  const leave = () => undefined;
  made.on('error', leave);
  made.on('connect', (client) => client.on('error', leave));
  return made;
}

/** kysely's PostgreSQL over pg. */
export class PostgresqlServerDialect implements Dialect {
  constructor(
    private readonly target: ServerTarget,
    private readonly options: ServerDialectOptions,
  ) {}

  createAdapter() {
    const { engine } = this.options;
    return new (class extends PostgresAdapter {
      readonly engine = engine;
    })();
  }

  createDriver() {
    const { target, options } = this;
    const driver = new PostgresDriver({ pool: () => Promise.resolve(preparing(pool(target, options))) });
    return new PoolDriver(driver, { ...options, translate });
  }

  createIntrospector(db: Kysely<unknown>) {
    return new PostgresIntrospector(db);
  }

  createQueryCompiler() {
    return new PostgresQueryCompiler();
  }
}
