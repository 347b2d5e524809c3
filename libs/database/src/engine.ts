import type { DialectAdapter, Kysely } from 'kysely';
import type { RetrySettings } from './retry';

/** What callers must know of the engine under a kysely handle. */
export interface Engine {
  dialect: 'sqlite' | 'mysql' | 'postgresql';
  /** Undefined where nothing is ever to be tried again. */
  retry?: RetrySettings;
}

/** A kysely adapter of this library: it says which engine it adapts. */
export interface EngineAdapter extends DialectAdapter {
  readonly engine: Engine;
}

export function engineOf<DB>(db: Kysely<DB>): Engine {
  return (db.getExecutor().adapter as EngineAdapter).engine;
}
