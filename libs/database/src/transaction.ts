import type { Kysely, Transaction } from 'kysely';
import { engineOf } from './engine';
import { retrying } from './retry';

/**
 * Does `work` in one transaction, and all of it again when the database gave it up for a deadlock, a failed serialization or
 * a lost connection: so `work` must have no effect but on the database.
 */
export async function inTransaction<DB, T>(db: Kysely<DB>, work: (session: Transaction<DB>) => Promise<T>): Promise<T> {
  return retrying(engineOf(db).retry, () => db.transaction().execute(work));
}
