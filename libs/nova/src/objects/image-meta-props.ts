import { flexibleBoolean, integer, listOfIntegers, listOfObjects, oneOf, text } from './field-types';
import {
  architectures,
  canonicalArchitecture,
  canonicalHypervisor,
  canonicalScsi,
  canonicalVif,
  canonicalVmMode,
  diskBuses,
  hypervisorTypes,
  lowerCase,
  scsiModels,
  vifModels,
  vmModes,
} from './image-meta-words';

const diskBus = oneOf(diskBuses);

/** Every image property that nova reads, with its type. Other properties are glance's business and are left out. */
const fields = {
  hw_architecture: oneOf(architectures, canonicalArchitecture),
  hw_auto_disk_config: text,
  hw_boot_menu: flexibleBoolean,
  hw_cdrom_bus: diskBus,
  hw_cpu_cores: integer,
  hw_cpu_max_cores: integer,
  hw_cpu_max_sockets: integer,
  hw_cpu_max_threads: integer,
  hw_cpu_policy: oneOf(['dedicated', 'shared']),
  hw_cpu_realtime_mask: text,
  hw_cpu_sockets: integer,
  hw_cpu_thread_policy: oneOf(['prefer', 'isolate', 'require']),
  hw_cpu_threads: integer,
  hw_device_id: integer,
  hw_disk_bus: diskBus,
  hw_disk_type: text,
  hw_firmware_type: oneOf(['bios', 'uefi']),
  hw_floppy_bus: diskBus,
  hw_ipxe_boot: flexibleBoolean,
  hw_machine_type: text,
  hw_mem_page_size: text,
  hw_numa_mem: listOfIntegers,
  hw_numa_nodes: integer,
  hw_pointer_model: oneOf(['usbtablet']),
  hw_qemu_guest_agent: flexibleBoolean,
  hw_rescue_bus: diskBus,
  hw_rescue_device: oneOf(['cdrom', 'disk', 'floppy', 'fs', 'lun']),
  hw_rng_model: oneOf(['virtio']),
  hw_scsi_model: oneOf(scsiModels, canonicalScsi),
  hw_serial_port_count: integer,
  hw_video_model: oneOf(['cirrus', 'qxl', 'vga', 'vmvga', 'xen']),
  hw_video_ram: integer,
  hw_vif_model: oneOf(vifModels, canonicalVif),
  hw_vif_multiqueue_enabled: flexibleBoolean,
  hw_vm_mode: oneOf(vmModes, canonicalVmMode),
  hw_watchdog_action: oneOf(['none', 'pause', 'poweroff', 'reset', 'disabled']),
  img_bdm_v2: flexibleBoolean,
  img_block_device_mapping: listOfObjects,
  img_cache_in_nova: flexibleBoolean,
  img_compression_level: integer,
  img_config_drive: oneOf(['optional', 'mandatory']),
  img_hide_hypervisor_id: flexibleBoolean,
  img_hv_requested_version: text,
  img_hv_type: oneOf(hypervisorTypes, canonicalHypervisor),
  img_linked_clone: flexibleBoolean,
  img_mappings: listOfObjects,
  img_owner_id: text,
  img_root_device_name: text,
  img_signature: text,
  img_signature_certificate_uuid: text,
  img_signature_hash_method: text,
  img_signature_key_type: text,
  img_use_agent: flexibleBoolean,
  img_version: integer,
  os_admin_user: text,
  os_command_line: text,
  os_distro: text,
  os_require_quiesce: flexibleBoolean,
  os_secure_boot: oneOf(['required', 'disabled', 'optional'], lowerCase),
  os_skip_agent_inject_files_at_boot: flexibleBoolean,
  os_skip_agent_inject_ssh: flexibleBoolean,
  os_type: oneOf(['linux', 'windows'], lowerCase),
};

/** Names from before the `hw_`, `img_` and `os_` prefixes; the prefixed one wins where an image has both. */
const earlierNames: Partial<Record<keyof typeof fields, string>> = {
  hw_architecture: 'architecture',
  hw_auto_disk_config: 'auto_disk_config',
  hw_device_id: 'xenapi_device_id',
  hw_disk_type: 'vmware_disktype',
  hw_ipxe_boot: 'ipxe_boot',
  hw_scsi_model: 'vmware_adaptertype',
  hw_vm_mode: 'vm_mode',
  img_bdm_v2: 'bdm_v2',
  img_block_device_mapping: 'block_device_mapping',
  img_cache_in_nova: 'cache_in_nova',
  img_compression_level: 'xenapi_image_compression_level',
  img_hv_requested_version: 'hypervisor_version_requires',
  img_hv_type: 'hypervisor_type',
  img_linked_clone: 'vmware_linked_clone',
  img_mappings: 'mappings',
  img_owner_id: 'owner_id',
  img_root_device_name: 'root_device_name',
  img_use_agent: 'xenapi_use_agent',
  img_version: 'vmware_image_version',
  os_distro: 'vmware_ostype',
  os_skip_agent_inject_files_at_boot: 'xenapi_skip_agent_inject_files_at_boot',
  os_skip_agent_inject_ssh: 'xenapi_skip_agent_inject_ssh',
};

type Fields = typeof fields;
type FieldName = keyof Fields;

/** The typed properties of an image. Plays `nova.objects.image_meta.ImageMetaProps`. */
export type ImageMetaProps = { [K in FieldName]?: ReturnType<Fields[K]> };

/**
 * Reads the properties that nova knows. Plays `ImageMetaProps.from_dict`.
 * @throws ValueError naming the property when a value is outside its type
 */
export function imageMetaProps(properties: Record<string, unknown>): ImageMetaProps {
  const props: Record<string, unknown> = {};
  for (const name of Object.keys(fields) as FieldName[]) {
    const earlier = earlierNames[name];
    const value = properties[name] ?? (earlier === undefined ? undefined : properties[earlier]);
    if (value !== undefined && value !== null) props[name] = fields[name](value, name);
  }
  return props;
}
