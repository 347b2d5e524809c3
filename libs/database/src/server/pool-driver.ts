import type { DatabaseConnection, Driver, QueryCompiler, TransactionSettings } from 'kysely';
import type { Engine } from '../engine';
import { DatabaseError } from '../errors';
import type { StatementEvent } from '../statement';
import type { StatementPlace } from '../statement-span';
import { Pool, PooledConnection } from './pooled-connection';

type Compile = QueryCompiler['compileQuery'];

export interface PoolDriverOptions {
  engine: Engine;
  place: StatementPlace;
  /** Seconds to wait for a connection. */
  poolTimeout: number;
  translate: (error: unknown, sql: string) => unknown;
  onQuery?: (event: StatementEvent) => void;
}

/** Puts spans, retries and deadlines around one of kysely's own drivers with a pool. */
export class PoolDriver implements Driver {
  readonly #pool: Pool;
  #held = 0;
  #allReleased: (() => void) | undefined;

  constructor(
    private readonly driver: Driver,
    private readonly options: PoolDriverOptions,
  ) {
    const { engine, place, translate, onQuery } = options;
    const take = () => this.#take();
    this.#pool = { engine, place, translate, onQuery, take, giveBack: (raw) => driver.releaseConnection(raw) };
  }

  init(): Promise<void> {
    return this.driver.init();
  }

  acquireConnection(): Promise<PooledConnection> {
    this.#held++;
    return Promise.resolve(new PooledConnection(this.#pool));
  }

  async releaseConnection(connection: PooledConnection): Promise<void> {
    try {
      await connection.release();
    } finally {
      if (--this.#held === 0) this.#allReleased?.();
    }
  }

  beginTransaction(connection: PooledConnection, settings: TransactionSettings): Promise<void> {
    return connection.begin((raw) => this.driver.beginTransaction(raw, settings));
  }

  async commitTransaction(connection: PooledConnection): Promise<void> {
    await connection.control((raw) => this.driver.commitTransaction(raw));
    connection.ended();
  }

  async rollbackTransaction(connection: PooledConnection): Promise<void> {
    try {
      await connection.control((raw) => this.driver.rollbackTransaction(raw));
    } catch (error) {
      // A server that lost the connection has rolled back by itself. The first error is the one to tell.
      if (!(error instanceof DatabaseError) || !['disconnected', 'interrupted'].includes(error.kind)) throw error;
    } finally {
      connection.ended();
    }
  }

  savepoint(connection: PooledConnection, name: string, compile: Compile): Promise<void> {
    return connection.control((raw) => this.driver.savepoint!(raw, name, compile));
  }

  rollbackToSavepoint(connection: PooledConnection, name: string, compile: Compile): Promise<void> {
    return connection.control((raw) => this.driver.rollbackToSavepoint!(raw, name, compile));
  }

  releaseSavepoint(connection: PooledConnection, name: string, compile: Compile): Promise<void> {
    return connection.control((raw) => this.driver.releaseSavepoint!(raw, name, compile));
  }

  /** Lets whoever has or awaits a connection finish, then closes the pool. */
  async destroy(): Promise<void> {
    if (this.#held > 0) await new Promise<void>((resolve) => (this.#allReleased = resolve));
    await this.driver.destroy();
  }

  /** Nothing was sent yet, so whatever breaks here has had no effect. */
  async #take(): Promise<DatabaseConnection> {
    const taking = this.driver.acquireConnection();
    try {
      return await within(this.options.poolTimeout, taking);
    } catch (caught) {
      taking.then(
        (late) => this.driver.releaseConnection(late),
        () => undefined,
      );
      const error = this.options.translate(caught, '');
      if (!(error instanceof DatabaseError) || error.kind !== 'interrupted') throw error;
      throw new DatabaseError(error.message, error.code, '', 'disconnected');
    }
  }
}

async function within<T>(seconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    const message = `No database connection became free within ${seconds} s: raise [database] max_overflow or pool_timeout.`;
    timer = setTimeout(() => reject(new DatabaseError(message, 'pool_timeout', '')), seconds * 1000);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
