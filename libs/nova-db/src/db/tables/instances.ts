import type { Kysely } from 'kysely';
import { createBareTable, createIndex, createTable, softDeleted } from './columns';

/** Tables that the original keeps in a cell's database. */
export async function createInstanceTables(db: Kysely<unknown>): Promise<void> {
  await createTable(db, 'instances', {
    uuid: 'uuid!',
    user_id: 'name',
    project_id: 'name',
    display_name: 'name!',
    display_description: 'name',
    hostname: 'name',
    image_ref: 'name!',
    kernel_id: 'name!',
    ramdisk_id: 'name!',
    launch_index: 'int!',
    reservation_id: 'name',
    key_name: 'name',
    key_data: 'text',
    user_data: 'text',
    config_drive: 'name!',
    auto_disk_config: 'flag!',
    access_ip_v4: 'name',
    access_ip_v6: 'name',
    availability_zone: 'name',
    vm_state: 'name',
    task_state: 'name',
    power_state: 'int',
    locked: 'flag!',
    host: 'name',
    node: 'name',
    launched_on: 'name',
    launched_at: 'time',
    terminated_at: 'time',
    instance_type_id: 'int!',
    memory_mb: 'int!',
    vcpus: 'int!',
    root_gb: 'int!',
    ephemeral_gb: 'int!',
    os_type: 'name',
    architecture: 'name',
    vm_mode: 'name',
    root_device_name: 'name',
    progress: 'int!',
    metadata: 'text!',
    system_metadata: 'text!',
    flavor: 'text!',
    ...softDeleted,
  });
  await createIndex(db, 'instances', ['uuid'], true);
  await createIndex(db, 'instances', ['project_id', 'deleted', 'vcpus', 'memory_mb']);
  await createIndex(db, 'instances', ['host', 'deleted']);
  await createTable(db, 'instance_faults', {
    instance_uuid: 'uuid!',
    code: 'int!',
    message: 'name!',
    details: 'text',
    host: 'name',
  });
  await createIndex(db, 'instance_faults', ['instance_uuid']);
  await createTable(db, 'instance_actions', {
    action: 'name!',
    instance_uuid: 'uuid!',
    request_id: 'name!',
    user_id: 'name',
    project_id: 'name',
    start_time: 'time!',
    finish_time: 'time',
    message: 'name',
  });
  await createIndex(db, 'instance_actions', ['instance_uuid', 'request_id']);
  await createTable(db, 'instance_actions_events', {
    event: 'name!',
    action_id: 'int!',
    start_time: 'time!',
    finish_time: 'time',
    result: 'name',
    traceback: 'text',
    host: 'name',
  });
  await createIndex(db, 'instance_actions_events', ['action_id']);
  await createTable(db, 'block_device_mapping', {
    uuid: 'uuid!',
    instance_uuid: 'uuid!',
    source_type: 'name!',
    destination_type: 'name!',
    guest_format: 'name',
    device_type: 'name',
    disk_bus: 'name',
    device_name: 'name',
    boot_index: 'int',
    image_id: 'name',
    volume_id: 'name',
    snapshot_id: 'name',
    volume_size: 'int',
    delete_on_termination: 'flag!',
    no_device: 'flag!',
    tag: 'name',
    ...softDeleted,
  });
  await createIndex(db, 'block_device_mapping', ['instance_uuid']);
  await createBareTable(db, 'tags', { resource_id: 'uuid!', tag: 'name!' });
  await createIndex(db, 'tags', ['resource_id', 'tag'], true);
}
