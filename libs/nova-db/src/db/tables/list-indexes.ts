import { engineOf } from '@bootlab/database';
import type { Kysely } from 'kysely';
import { createIndex } from './columns';

/** What lists of servers are filtered by. */
const FILTERS = ['project_id', 'host', 'vm_state', 'image_ref', 'instance_type_id', 'reservation_id'];
/** The order of every list. */
const NEWEST = ['created_at', 'uuid'];

/** Lets each list of servers begin where its page begins, however many others there are, deleted ones above all. */
export async function createListIndexes(db: Kysely<unknown>): Promise<void> {
  await createIndex(db, 'instances', ['deleted', ...NEWEST]);
  for (const filter of FILTERS) await createIndex(db, 'instances', [filter, 'deleted', ...NEWEST]);
  // The one for hosts has this one in it.
  const old = db.schema.dropIndex('instances_host_deleted_idx');
  await (engineOf(db).dialect === 'mysql' ? old.on('instances') : old).execute();
}
