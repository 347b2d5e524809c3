import type { Flavor } from './flavor';

/**
 * One server, with the field names of `nova.objects.instance.Instance`. Memory is in MB, disks in GiB, times are ISO 8601 in
 * UTC with milliseconds. It is plain data and travels as it is in RPC messages.
 */
export interface Instance {
  id: number;
  uuid: string;
  user_id: string | null;
  project_id: string | null;
  display_name: string;
  display_description: string | null;
  hostname: string | null;
  /** Id of the image, empty when booted from a volume. */
  image_ref: string;
  kernel_id: string;
  ramdisk_id: string;
  launch_index: number;
  reservation_id: string | null;
  key_name: string | null;
  key_data: string | null;
  /** Base 64. */
  user_data: string | null;
  /** `True`, or empty. */
  config_drive: string;
  auto_disk_config: boolean;
  access_ip_v4: string | null;
  access_ip_v6: string | null;
  availability_zone: string | null;
  vm_state: string | null;
  task_state: string | null;
  power_state: number | null;
  locked: boolean;
  host: string | null;
  node: string | null;
  launched_on: string | null;
  launched_at: string | null;
  terminated_at: string | null;
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
  metadata: Record<string, string>;
  system_metadata: Record<string, string>;
  flavor: Flavor;
  /** 0 unless the instance is deleted. */
  deleted: number;
  deleted_at: string | null;
  created_at: string;
  updated_at: string | null;
}

/** An instance that has no row yet, as a build request holds it. */
export type NewInstance = Omit<Instance, 'id' | 'deleted' | 'deleted_at' | 'updated_at'>;

/** States an instance must be in for an update to happen; a state that is not named may be anything. */
export interface ExpectedStates {
  vm_state?: readonly (string | null)[];
  task_state?: readonly (string | null)[];
}

const empty = {
  user_id: null,
  project_id: null,
  display_description: null,
  hostname: null,
  image_ref: '',
  kernel_id: '',
  ramdisk_id: '',
  launch_index: 0,
  reservation_id: null,
  key_name: null,
  key_data: null,
  user_data: null,
  config_drive: '',
  auto_disk_config: false,
  access_ip_v4: null,
  access_ip_v6: null,
  availability_zone: null,
  vm_state: null,
  task_state: null,
  power_state: null,
  locked: false,
  host: null,
  node: null,
  launched_on: null,
  launched_at: null,
  terminated_at: null,
  os_type: null,
  architecture: null,
  vm_mode: null,
  root_device_name: null,
  progress: 0,
  metadata: {},
  system_metadata: {},
} satisfies Partial<NewInstance>;

/** An instance of a flavor with `values`, and nothing in the other fields. */
export function newInstance(
  values: Partial<NewInstance> & Pick<NewInstance, 'uuid' | 'display_name' | 'flavor'>,
): NewInstance {
  const { id, memory_mb, vcpus, root_gb, ephemeral_gb } = values.flavor;
  return {
    ...empty,
    instance_type_id: id,
    memory_mb,
    vcpus,
    root_gb,
    ephemeral_gb,
    created_at: new Date().toISOString(),
    ...values,
  };
}

/** `instance-0000002a`: what the hypervisor calls it. Plays `Instance.name` with the default `instance_name_template`. */
export function instanceName({ id }: Pick<Instance, 'id'>): string {
  return `instance-${id.toString(16).padStart(8, '0')}`;
}
