import { HttpException, novaException } from '@bootlab/openstack';
import { blockDevice } from '../../../compute/block-device';
import type { BlockDevice } from '../../../compute/create-request';
import { prependDev } from '../../../compute/device-names';
import { fromVersion1 } from '../../../compute/image-defined-devices';
import type { ApiBlockDevice, CreateServer } from './schemas/servers';

/** The device that boots when the request does not say otherwise, as far as version 1 knows. */
const ROOT_DEVICE = 'vda';

/**
 * The disks of a request, in either version of their form. Plays `nova.api.openstack.compute.block_device_mapping` and
 * `block_device_mapping_v1`.
 * @throws HttpException 400 when both versions are there, InvalidBDMFormat
 */
export function blockDevicesOf(server: CreateServer): { devices: BlockDevice[]; legacy: boolean } {
  const { block_device_mapping: legacy = [], block_device_mapping_v2: given = [], imageRef = '' } = server;
  if (legacy.length > 0 && given.length > 0) {
    throw new HttpException(400, 'Use block_device_mapping or block_device_mapping_v2, not both in one request.');
  }
  if (given.length > 0) return { devices: given.map((device) => fromApi(device, imageRef !== '')), legacy: false };
  return { devices: legacy.map((device) => fromVersion1(device, imageRef === '' ? ROOT_DEVICE : '')), legacy: true };
}

function refuse(details: string): never {
  throw new novaException.InvalidBDMFormat({ details });
}

/** Plays `nova.block_device.BlockDeviceDict.from_api`. */
function fromApi(device: ApiBlockDevice, imageGiven: boolean): BlockDevice {
  const { source_type, uuid = null, boot_index = -1 } = device;
  const destination_type =
    device.destination_type ?? (source_type === 'image' || source_type === 'blank' ? 'local' : 'volume');
  if (source_type === 'blank' && uuid !== null) refuse('a blank disk has no uuid.');
  if (source_type !== 'blank' && uuid === null)
    refuse(`a disk made of a ${source_type} needs the uuid of that ${source_type}.`);
  if (source_type === 'image' && destination_type === 'local' && !(imageGiven && boot_index === 0)) {
    refuse('an image becomes a local disk only as the root disk: boot_index 0, beside imageRef.');
  }
  if ((source_type === 'volume' || source_type === 'snapshot') && destination_type === 'local') {
    refuse(`a ${source_type} cannot become a local disk.`);
  }
  return blockDevice({
    source_type,
    destination_type,
    boot_index,
    image_id: source_type === 'image' ? uuid : null,
    volume_id: source_type === 'volume' ? uuid : null,
    snapshot_id: source_type === 'snapshot' ? uuid : null,
    volume_size: device.volume_size ?? null,
    delete_on_termination: device.delete_on_termination ?? destination_type === 'local',
    guest_format: device.guest_format ?? null,
    device_type: device.device_type ?? null,
    disk_bus: device.disk_bus ?? null,
    device_name: prependDev(device.device_name ?? null),
    no_device: device.no_device === true,
  });
}
