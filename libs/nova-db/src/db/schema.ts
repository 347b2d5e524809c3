import type { Generated } from 'kysely';

/** 0 or 1: a boolean in every dialect. */
export type Flag = number;
/** JSON text. */
export type Json = string;
/** ISO 8601 in UTC with milliseconds, e.g. `2018-02-28T12:00:00.000Z`; such text sorts by time. */
export type Timestamp = string;

interface Timestamps {
  created_at: Timestamp;
  updated_at: Timestamp | null;
}

interface SoftDeleted {
  /** 0, or the row's own id once it is deleted. */
  deleted: number;
  deleted_at: Timestamp | null;
}

export interface InstancesTable extends Timestamps, SoftDeleted {
  id: Generated<number>;
  uuid: string;
  user_id: string | null;
  project_id: string | null;
  display_name: string;
  display_description: string | null;
  hostname: string | null;
  image_ref: string;
  kernel_id: string;
  ramdisk_id: string;
  launch_index: number;
  reservation_id: string | null;
  key_name: string | null;
  key_data: string | null;
  user_data: string | null;
  config_drive: string;
  auto_disk_config: Flag;
  access_ip_v4: string | null;
  access_ip_v6: string | null;
  availability_zone: string | null;
  vm_state: string | null;
  task_state: string | null;
  power_state: number | null;
  locked: Flag;
  host: string | null;
  node: string | null;
  launched_on: string | null;
  launched_at: Timestamp | null;
  terminated_at: Timestamp | null;
  instance_type_id: number;
  memory_mb: number;
  vcpus: number;
  root_gb: number;
  ephemeral_gb: number;
  os_type: string | null;
  architecture: string | null;
  vm_mode: string | null;
  root_device_name: string | null;
  progress: number;
  metadata: Json;
  system_metadata: Json;
  /** The flavor as it was at boot. */
  flavor: Json;
}

export interface FlavorsTable extends Timestamps {
  id: Generated<number>;
  flavorid: string;
  name: string;
  memory_mb: number;
  vcpus: number;
  root_gb: number;
  ephemeral_gb: number;
  swap: number;
  rxtx_factor: number;
  vcpu_weight: number | null;
  is_public: Flag;
  disabled: Flag;
  extra_specs: Json;
}

export interface InstanceFaultsTable extends Timestamps {
  id: Generated<number>;
  instance_uuid: string;
  code: number;
  message: string;
  details: string | null;
  host: string | null;
}

export interface InstanceActionsTable extends Timestamps {
  id: Generated<number>;
  action: string;
  instance_uuid: string;
  request_id: string;
  user_id: string | null;
  project_id: string | null;
  start_time: Timestamp;
  finish_time: Timestamp | null;
  /** `Error` once an event of the action has failed. */
  message: string | null;
}

export interface InstanceActionsEventsTable extends Timestamps {
  id: Generated<number>;
  event: string;
  action_id: number;
  start_time: Timestamp;
  finish_time: Timestamp | null;
  /** `Success` or `Error`, once finished. */
  result: string | null;
  traceback: string | null;
  host: string | null;
}

export interface BuildRequestsTable extends Timestamps {
  id: Generated<number>;
  instance_uuid: string;
  project_id: string | null;
  instance: Json;
  block_device_mappings: Json;
  tags: Json;
}

export interface RequestSpecsTable extends Timestamps {
  id: Generated<number>;
  instance_uuid: string;
  spec: Json;
}

export interface InstanceMappingsTable extends Timestamps {
  id: Generated<number>;
  instance_uuid: string;
  project_id: string | null;
  /** `cell0`, `cell1`, or null until the conductor has scheduled the instance. */
  cell: string | null;
}

export interface BlockDeviceMappingTable extends Timestamps, SoftDeleted {
  id: Generated<number>;
  uuid: string;
  instance_uuid: string;
  source_type: string;
  destination_type: string;
  guest_format: string | null;
  device_type: string | null;
  disk_bus: string | null;
  device_name: string | null;
  boot_index: number | null;
  image_id: string | null;
  volume_id: string | null;
  snapshot_id: string | null;
  volume_size: number | null;
  delete_on_termination: Flag;
  no_device: Flag;
  tag: string | null;
}

export interface TagsTable {
  resource_id: string;
  tag: string;
}

export interface ServicesTable extends Timestamps {
  id: Generated<number>;
  host: string;
  binary: string;
  topic: string;
  disabled: Flag;
  forced_down: Generated<Flag>;
  report_count: number;
  last_seen_up: Timestamp | null;
  version: number;
}

export interface ComputeNodesTable extends Timestamps {
  id: Generated<number>;
  uuid: string;
  service_id: number;
  host: string;
  hypervisor_hostname: string;
  hypervisor_type: string;
  vcpus: number;
  memory_mb: number;
  local_gb: number;
  reserved_memory_mb: number;
  cpu_allocation_ratio: number;
  ram_allocation_ratio: number;
  disk_allocation_ratio: number;
}

/** What each instance has claimed of its host: stands where a cloud has placement's allocations. */
export interface AllocationsTable {
  consumer_uuid: string;
  host: string;
  vcpus: number;
  memory_mb: number;
  disk_gb: number;
}

/** nova's database: what the original keeps in its API database, in cell0 and in cell1, in one file. */
export interface NovaSchema {
  instances: InstancesTable;
  flavors: FlavorsTable;
  instance_faults: InstanceFaultsTable;
  instance_actions: InstanceActionsTable;
  instance_actions_events: InstanceActionsEventsTable;
  build_requests: BuildRequestsTable;
  request_specs: RequestSpecsTable;
  instance_mappings: InstanceMappingsTable;
  block_device_mapping: BlockDeviceMappingTable;
  tags: TagsTable;
  services: ServicesTable;
  compute_nodes: ComputeNodesTable;
  allocations: AllocationsTable;
}
