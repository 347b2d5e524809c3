import type { Dialect } from 'kysely';
import type { ServerTarget } from '../connection-url';
import type { Engine } from '../engine';
import type { StatementEvent } from '../statement';
import type { StatementPlace } from '../statement-span';

export interface ServerDialectOptions {
  engine: Engine;
  place: StatementPlace;
  /** Connections that are kept. */
  maxPoolSize: number;
  /** Further ones under load. */
  maxOverflow: number;
  /** Seconds to wait for one. */
  poolTimeout: number;
  onQuery?: (event: StatementEvent) => void;
}

/** The dialect of a server. Its driver is loaded here, so that the embedded default does without. */
export async function serverDialect(target: ServerTarget, options: ServerDialectOptions): Promise<Dialect> {
  switch (target.dialect) {
    case 'mysql':
      return new (await import('./mysql-dialect')).MysqlServerDialect(target, options);
    case 'postgresql':
      return new (await import('./postgresql-dialect')).PostgresqlServerDialect(target, options);
  }
}
