import type { Kysely } from 'kysely';
import { createBareTable, createIndex, createTable } from './columns';

/** Who serves, what each host has, and what of it is taken. */
export async function createHostTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, 'services', {
    host: 'name!',
    binary: 'name!',
    topic: 'name!',
    disabled: 'flag!',
    report_count: 'int!',
    last_seen_up: 'time',
    version: 'int!',
  });
  await createIndex(db, 'services', ['host', 'binary'], true);
  await createTable(db, 'compute_nodes', {
    uuid: 'uuid!',
    service_id: 'int!',
    host: 'name!',
    hypervisor_hostname: 'name!',
    hypervisor_type: 'name!',
    vcpus: 'int!',
    memory_mb: 'int!',
    local_gb: 'int!',
    reserved_memory_mb: 'int!',
    cpu_allocation_ratio: 'ratio!',
    ram_allocation_ratio: 'ratio!',
    disk_allocation_ratio: 'ratio!',
  });
  await createIndex(db, 'compute_nodes', ['host', 'hypervisor_hostname'], true);
  await createBareTable(db, 'allocations', {
    consumer_uuid: 'uuid!',
    host: 'name!',
    vcpus: 'int!',
    memory_mb: 'int!',
    disk_gb: 'int!',
  });
  await createIndex(db, 'allocations', ['consumer_uuid'], true);
  await createIndex(db, 'allocations', ['host', 'vcpus', 'memory_mb', 'disk_gb']);
}
