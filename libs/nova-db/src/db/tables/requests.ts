import type { Kysely } from 'kysely';
import { createIndex, createTable } from './columns';

/** Tables that the original keeps in the API database. */
export async function createRequestTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, 'flavors', {
    flavorid: 'name!',
    name: 'name!',
    memory_mb: 'int!',
    vcpus: 'int!',
    root_gb: 'int!',
    ephemeral_gb: 'int!',
    swap: 'int!',
    rxtx_factor: 'int!',
    vcpu_weight: 'int',
    is_public: 'flag!',
    disabled: 'flag!',
    extra_specs: 'text!',
  });
  await createIndex(db, 'flavors', ['flavorid'], true);
  await createIndex(db, 'flavors', ['name'], true);
  await createTable(db, 'request_specs', { instance_uuid: 'uuid!', spec: 'text!' });
  await createIndex(db, 'request_specs', ['instance_uuid'], true);
  await createTable(db, 'build_requests', {
    instance_uuid: 'uuid!',
    project_id: 'name',
    instance: 'text!',
    block_device_mappings: 'text!',
    tags: 'text!',
  });
  await createIndex(db, 'build_requests', ['instance_uuid'], true);
  await createIndex(db, 'build_requests', ['project_id']);
  await createTable(db, 'instance_mappings', { instance_uuid: 'uuid!', project_id: 'name', cell: 'name' });
  await createIndex(db, 'instance_mappings', ['instance_uuid'], true);
}
