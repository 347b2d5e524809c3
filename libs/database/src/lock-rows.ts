import { trace } from '@opentelemetry/api';
import type { SelectQueryBuilder, Transaction } from 'kysely';
import { engineOf } from './engine';
import { unspanned } from './server/unspanned';

/**
 * Keeps others off these rows until the transaction ends; what is read afterwards is what the last holder left. SQLite
 * needs none: its transactions hold the write lock from the start. Like the beginning of a transaction it has no span; the
 * current span says how long it took, in `db.lock.wait_ms`.
 */
export async function lockRows<DB, TB extends keyof DB, O>(
  session: Transaction<DB>,
  rows: SelectQueryBuilder<DB, TB, O>,
): Promise<void> {
  if (engineOf(session).dialect === 'sqlite') return;
  const started = performance.now();
  await session.executeQuery(unspanned(rows.forUpdate().compile()));
  trace.getActiveSpan()?.setAttribute('db.lock.wait_ms', Math.round(performance.now() - started));
}
