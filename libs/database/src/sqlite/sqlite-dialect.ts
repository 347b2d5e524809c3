import { Dialect, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler } from 'kysely';
import type { Engine, EngineAdapter } from '../engine';
import type { StatementEvent } from '../statement';
import { SqliteDriver } from './sqlite-driver';

class TransactionalDdlAdapter extends SqliteAdapter implements EngineAdapter {
  readonly engine: Engine = { dialect: 'sqlite' };

  /** SQLite rolls back DDL like anything else; told so, the migrator runs all its steps inside one transaction of ours. */
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

/** kysely's SQLite over the sqlite3 package. `file` is a path or `:memory:`. */
export class SqliteDialect implements Dialect {
  constructor(
    private readonly file: string,
    private readonly onQuery?: (event: StatementEvent) => void,
  ) {}

  createAdapter() {
    return new TransactionalDdlAdapter();
  }

  createDriver() {
    return new SqliteDriver(this.file, this.onQuery);
  }

  createIntrospector(db: Kysely<unknown>) {
    return new SqliteIntrospector(db);
  }

  createQueryCompiler() {
    return new SqliteQueryCompiler();
  }
}
