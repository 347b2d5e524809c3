import { trace } from '@opentelemetry/api';
import { setTimeout as pause } from 'node:timers/promises';
import { DatabaseError } from './errors';

/** How often and how long to try a server again that is away; times in seconds. Named as oslo.db's options. */
export interface RetrySettings {
  /** Tries after the first; -1 for no end. */
  db_max_retries: number;
  /** The first pause; it doubles from try to try. */
  db_retry_interval: number;
  db_max_retry_interval: number;
}

/** As nova has them on its own functions. */
const CONFLICT_TRIES = 5;
const CONFLICT_PAUSE_MS = 20;

/** Milliseconds to wait before try number `tries` + 1; undefined when there is to be none. */
function pauseAfter(error: DatabaseError, tries: number, settings: RetrySettings): number | undefined {
  if (error.kind === 'conflict') {
    // Who met once meets again, unless each waits for a time of its own.
    return tries > CONFLICT_TRIES ? undefined : Math.random() * CONFLICT_PAUSE_MS * 2 ** tries;
  }
  const { db_max_retries: most, db_retry_interval: first, db_max_retry_interval: longest } = settings;
  if (error.kind !== 'disconnected' || (most >= 0 && tries > most)) return undefined;
  // The connection may have died alone, so the first try comes at once.
  return tries === 1 ? 0 : Math.min(first * 2 ** (tries - 2), longest) * 1000;
}

/**
 * Does `work` again after a deadlock, a failed serialization or a lost connection, as oslo.db's `wrap_db_retry` does. Every
 * retry is an event `db.retry` of the current span.
 * @param settings undefined for a database that needs none of it
 */
export async function retrying<T>(settings: RetrySettings | undefined, work: () => Promise<T>): Promise<T> {
  if (!settings) return work();
  for (let tries = 1; ; tries++) {
    try {
      return await work();
    } catch (error) {
      const wait = error instanceof DatabaseError ? pauseAfter(error, tries, settings) : undefined;
      if (wait === undefined) throw error;
      const { code, kind } = error as DatabaseError;
      trace.getActiveSpan()?.addEvent('db.retry', {
        'db.retry.attempt': tries,
        'db.retry.reason': kind,
        'db.response.status_code': code,
        'db.retry.wait_ms': Math.round(wait),
      });
      await pause(wait);
    }
  }
}
