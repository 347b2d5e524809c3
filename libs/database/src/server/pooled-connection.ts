import { CompiledQuery, DatabaseConnection, QueryResult } from 'kysely';
import type { Engine } from '../engine';
import { DatabaseError } from '../errors';
import { retrying } from '../retry';
import { describeStatement, StatementEvent } from '../statement';
import { endStatementSpan, StatementPlace, startStatementSpan } from '../statement-span';
import { hasSpan } from './unspanned';

const PING = CompiledQuery.raw('select 1');
/** A connection that answered within so many milliseconds is taken to be alive, as long as its end has not been heard of. */
const ALIVE_MS = 1000;

/** When each connection last answered, in milliseconds of `performance.now()`. */
const answeredAt = new WeakMap<DatabaseConnection, number>();

/** What the connections of one pool have in common. */
export interface Pool {
  engine: Engine;
  place: StatementPlace;
  onQuery?: (event: StatementEvent) => void;
  /** @throws DatabaseError when none is to be had */
  take(): Promise<DatabaseConnection>;
  giveBack(connection: DatabaseConnection): Promise<void>;
  /** An error of the driver in our own terms. */
  translate(error: unknown, sql: string): unknown;
}

/**
 * A connection as kysely holds it. It takes one of the pool when it is first used, and outside of a transaction another one
 * when that is lost; each statement is a span of the trace that asks.
 */
export class PooledConnection implements DatabaseConnection {
  #raw: DatabaseConnection | undefined;
  #inTransaction = false;

  constructor(private readonly pool: Pool) {}

  /** Steers the connection itself, as BEGIN does: no span, no event. */
  async control(work: (raw: DatabaseConnection) => Promise<void>): Promise<void> {
    try {
      await work((this.#raw ??= await this.pool.take()));
    } catch (error) {
      throw this.pool.translate(error, '');
    }
  }

  async begin(work: (raw: DatabaseConnection) => Promise<void>): Promise<void> {
    try {
      await this.control(work);
    } catch (error) {
      throw undone(error);
    }
    this.#inTransaction = true;
  }

  ended(): void {
    this.#inTransaction = false;
  }

  executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return this.#inTransaction ? this.#run(query) : retrying(this.pool.engine.retry, () => this.#run(query));
  }

  async *streamQuery<R>(query: CompiledQuery, chunkSize: number): AsyncIterableIterator<QueryResult<R>> {
    try {
      yield* (this.#raw ??= await this.pool.take()).streamQuery<R>(query, chunkSize);
    } catch (error) {
      throw this.pool.translate(error, query.sql);
    }
  }

  async release(): Promise<void> {
    const raw = this.#raw;
    this.#raw = undefined;
    if (raw) await this.pool.giveBack(raw);
  }

  async #run<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    const { place, onQuery } = this.pool;
    const { sql } = query;
    const description = describeStatement(query);
    const span = hasSpan(query) ? startStatementSpan(place, sql, description) : undefined;
    const started = performance.now();
    const read = description.operation === 'SELECT';
    let sent = false;
    try {
      if (!this.#raw) {
        this.#raw = await this.pool.take();
        // It may have died while it lay in the pool, and a write that is cut off is not done again.
        if (!read && started - (answeredAt.get(this.#raw) ?? -Infinity) > ALIVE_MS) await this.#raw.executeQuery(PING);
      }
      sent = true;
      const result = await this.#raw.executeQuery<R>(query);
      answeredAt.set(this.#raw, performance.now());
      endStatementSpan(span);
      onQuery?.({ sql, durationMillis: performance.now() - started });
      return result;
    } catch (caught) {
      if (this.#raw) answeredAt.delete(this.#raw);
      const known = this.pool.translate(caught, sql);
      const error = this.#inTransaction || read || !sent ? undone(known) : known;
      endStatementSpan(span, error);
      onQuery?.({ sql, durationMillis: performance.now() - started, error });
      if (!this.#inTransaction) await this.release();
      throw error;
    }
  }
}

/** What a broken connection cut off here has no effect: the server takes it back, or it only read. */
function undone(error: unknown): unknown {
  if (!(error instanceof DatabaseError) || error.kind !== 'interrupted') return error;
  return new DatabaseError(error.message, error.code, error.sql, 'disconnected');
}
