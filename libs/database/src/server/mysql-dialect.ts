import {
  CompiledQuery,
  Dialect,
  Kysely,
  MysqlAdapter,
  MysqlDriver,
  MysqlIntrospector,
  MysqlQueryCompiler,
} from 'kysely';
import type { Pool } from 'mysql2';
import { createPool } from 'mysql2';
import type { ServerTarget } from '../connection-url';
import { DatabaseError, FailureKind } from '../errors';
import { socketFailure } from './connection-errors';
import { PoolDriver } from './pool-driver';
import type { ServerDialectOptions } from './server-dialect';

const kinds: Record<number, FailureKind> = {
  1062: 'duplicate',
  1205: 'conflict',
  1213: 'conflict',
  1040: 'disconnected',
  1053: 'disconnected',
  1927: 'disconnected',
};

/** Its messages quote the row's values, which no log is to have. */
function withoutValues(message: string): string {
  return message.replace(/^Duplicate entry '.*' for key/s, 'Duplicate entry for key');
}

function translate(error: unknown, sql: string): unknown {
  if (error instanceof DatabaseError) return error;
  const { code, errno, message } = error as { code?: string; errno?: number; message: string };
  if (errno !== undefined && errno > 0) {
    return new DatabaseError(withoutValues(message), String(errno), sql, kinds[errno]);
  }
  if (code === 'PROTOCOL_CONNECTION_LOST') return new DatabaseError(message, code, sql, 'interrupted');
  if (message.includes('in closed state')) return new DatabaseError(message, 'CLOSED', sql, 'disconnected');
  const kind = socketFailure(code);
  return kind === undefined ? error : new DatabaseError(message || code!, code!, sql, kind);
}

function pool(
  { host, port, user, password, database }: ServerTarget,
  { maxPoolSize, maxOverflow }: ServerDialectOptions,
): Pool {
  const connectionLimit = maxPoolSize + maxOverflow;
  return createPool({
    host,
    port,
    user,
    password,
    database,
    charset: 'utf8mb4_bin',
    connectionLimit,
    // Every second it ends what lies idle beyond that, only to make it anew in the next moment under load; what lies idle
    // for a minute goes in any case, if this is less than the limit.
    maxIdle: Math.max(maxPoolSize, connectionLimit - 1),
    // Sums are DECIMAL, and sizes beyond 32 bits BIGINT: numbers both, as long as they are exact.
    decimalNumbers: true,
    supportBigNumbers: true,
  });
}

/** kysely's MySQL over mysql2, for MySQL and MariaDB. */
export class MysqlServerDialect implements Dialect {
  constructor(
    private readonly target: ServerTarget,
    private readonly options: ServerDialectOptions,
  ) {}

  createAdapter() {
    const { engine } = this.options;
    return new (class extends MysqlAdapter {
      readonly engine = engine;
    })();
  }

  createDriver() {
    const { place } = this.options;
    const driver = new MysqlDriver({
      pool: () => Promise.resolve(pool(this.target, this.options)),
      // Strict, so that nothing is cut off in silence, and with backslash escapes, on which mysql2 relies. As in PostgreSQL,
      // each statement sees what is committed by then.
      async onCreateConnection(connection) {
        await connection.executeQuery(CompiledQuery.raw("set session sql_mode = 'TRADITIONAL'"));
        await connection.executeQuery(CompiledQuery.raw('set session transaction isolation level read committed'));
        const { rows } = await connection.executeQuery<{ version: string }>(
          CompiledQuery.raw('select version() as version'),
        );
        place.system = rows[0]?.version.includes('MariaDB') ? 'mariadb' : 'mysql';
      },
    });
    return new PoolDriver(driver, { ...this.options, translate });
  }

  createIntrospector(db: Kysely<unknown>) {
    return new MysqlIntrospector(db);
  }

  createQueryCompiler() {
    return new MysqlQueryCompiler();
  }
}
