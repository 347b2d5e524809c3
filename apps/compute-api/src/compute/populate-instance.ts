import { hop } from '@bootlab/hop';
import { Flavor, ImageDict, newInstance, NewInstance, safeTruncate } from '@bootlab/nova';
import { taskStates } from '@bootlab/openstack';
import type { CommonOptions } from './base-options';

/** Which of how many instances of a request. */
export interface Place {
  index: number;
  count: number;
}

const LONGEST_HOST_NAME = 63;
const LONGEST_METADATA_BYTES = 255;

/** Properties that are of no use to a running instance, or too large for its metadata. */
const notKept = new Set([
  'block_device_mapping',
  'img_block_device_mapping',
  'img_mappings',
  'mappings',
  'bdm_v2',
  'root_device_name',
  'cinder_encryption_key_deletion_policy',
  'cinder_encryption_key_id',
  'img_signature',
  'img_signature_certificate_uuid',
  'img_signature_hash_method',
  'img_signature_key_type',
]);

/** The instance of a request in a certain place, with its states and names. Writes nothing: the row is the conductor's to make. */
export const createDbEntryForNewInstance = hop(
  'nova.compute.api.API.create_db_entry_for_new_instance',
  function createDbEntryForNewInstance(
    uuid: string,
    options: CommonOptions,
    image: ImageDict,
    place: Place,
  ): NewInstance {
    return populateInstanceForCreate(uuid, options, image, place);
  },
);

const populateInstanceForCreate = hop(
  'nova.compute.api.API._populate_instance_for_create',
  function populateInstanceForCreate(
    uuid: string,
    options: CommonOptions,
    image: ImageDict,
    place: Place,
  ): NewInstance {
    const base: Record<string, string> = options.image_ref === '' ? {} : { image_base_image_ref: options.image_ref };
    return newInstance({
      ...options,
      ...populateInstanceNames(uuid, options.display_name, place),
      uuid,
      launch_index: place.index,
      task_state: taskStates.SCHEDULING,
      system_metadata: { ...options.system_metadata, ...getSystemMetadataFromImage(image, options.flavor), ...base },
    });
  },
  {
    out: ({ uuid, vm_state, task_state, display_name }) => ({
      'instance.uuid': uuid,
      'instance.name': display_name,
      'instance.vm_state': vm_state ?? 'None',
      'instance.task_state': task_state ?? 'None',
    }),
  },
);

/** `web`, or `web-1`, `web-2`, … for several; the host name has only what host names may have. */
const populateInstanceNames = hop(
  'nova.compute.api.API._populate_instance_names',
  function populateInstanceNames(uuid: string, name: string, { index, count }: Place) {
    const display_name = count > 1 ? `${name}-${index + 1}` : name;
    return { display_name, hostname: sanitizeHostname(display_name) || `Server-${uuid}` };
  },
);

function sanitizeHostname(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[\s_]/g, '-')
    .replaceAll(/[^a-z0-9.-]/g, '')
    .slice(0, LONGEST_HOST_NAME)
    .replaceAll(/^[.-]+|[.-]+$/g, '');
}

/** What the instance remembers of its image: its properties and its needs, each as `image_<name>`. */
const getSystemMetadataFromImage = hop(
  'nova.utils.get_system_metadata_from_image',
  function getSystemMetadataFromImage(image: ImageDict, flavor: Flavor): Record<string, string> {
    const { min_ram, min_disk = 0, disk_format, container_format, properties = {} } = image;
    const needs = {
      min_ram,
      min_disk: disk_format === 'vhd' ? flavor.root_gb : Math.max(min_disk, flavor.root_gb),
      disk_format,
      container_format,
    };
    const kept = Object.entries(properties).filter(([name]) => !notKept.has(name));
    return Object.fromEntries(
      [...kept, ...Object.entries(needs)].flatMap(([name, value]) =>
        value === undefined || value === null
          ? []
          : [[`image_${name}`, safeTruncate(text(value), LONGEST_METADATA_BYTES)]],
      ),
    );
  },
);

function text(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}
