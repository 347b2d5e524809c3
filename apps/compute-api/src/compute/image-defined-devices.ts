import { hop } from '@bootlab/hop';
import type { Flavor, ImageDict } from '@bootlab/nova';
import { blankDisk, blockDevice } from './block-device';
import type { BlockDevice } from './create-request';
import { prependDev, stripDev } from './device-names';
import { strictBoolean, textOf } from './text';

type Raw = Record<string, unknown>;

/** The disks that an image brings along, in its properties `block_device_mapping` (version 1 or 2) and `mappings`. */
export const getImageDefinedBdms = hop(
  'nova.compute.api.API._get_image_defined_bdms',
  function getImageDefinedBdms(flavor: Flavor, { properties = {} }: ImageDict, rootDeviceName: string): BlockDevice[] {
    const version2 = strictBoolean(textOf(properties['bdm_v2']) ?? '') === true;
    const defined = list(properties['block_device_mapping']).map((raw) =>
      version2 ? fromVersion2(raw) : fromVersion1(raw, rootDeviceName),
    );
    const mapped = list(properties['mappings']).flatMap((raw) => fromMapping(flavor, raw));
    return merge(mapped, defined);
  },
  { out: (devices) => ({ 'block_device.count': devices.length }) },
);

/** Both lists; of two disks with the same device name that of the second list. */
export const mergeBdmsLists = hop('nova.compute.api.API._merge_bdms_lists', merge);

function merge(overridden: BlockDevice[], overriding: BlockDevice[]): BlockDevice[] {
  const names = new Set(overriding.map(({ device_name }) => device_name).filter((name) => name !== null));
  return [...overriding, ...overridden.filter(({ device_name }) => device_name === null || !names.has(device_name))];
}

function list(value: unknown): Raw[] {
  return Array.isArray(value) ? value.filter((item): item is Raw => typeof item === 'object' && item !== null) : [];
}

function fromVersion2(raw: Raw): BlockDevice {
  const { source_type = 'blank', destination_type = 'local' } = raw as Partial<BlockDevice>;
  return blockDevice({ ...(raw as Partial<BlockDevice>), source_type, destination_type });
}

/** Volumes and snapshots of version 1; the one on the root device boots. */
export function fromVersion1(raw: Raw, rootDeviceName: string): BlockDevice {
  const text = (name: string) => (typeof raw[name] === 'string' && raw[name] !== '' ? raw[name] : null);
  const device_name = text('device_name');
  const size = Number(raw['volume_size']);
  return blockDevice({
    source_type: text('volume_id') ? 'volume' : text('snapshot_id') ? 'snapshot' : 'blank',
    destination_type: text('volume_id') || text('snapshot_id') ? 'volume' : 'local',
    volume_id: text('volume_id'),
    snapshot_id: text('snapshot_id'),
    volume_size: size > 0 ? size : null,
    device_name: prependDev(device_name),
    boot_index: stripDev(device_name) === rootDeviceName ? 0 : -1,
    no_device: raw['no_device'] === true,
    delete_on_termination: strictBoolean(textOf(raw['delete_on_termination']) ?? '') === true,
  });
}

/** `{"virtual": "swap", "device": "sdc"}`; `ami` and `root` name the root disk, which is there anyhow. */
function fromMapping(flavor: Flavor, { virtual, device }: Raw): BlockDevice[] {
  const name = typeof device === 'string' ? prependDev(device) : null;
  if (virtual === 'swap') return flavor.swap > 0 ? [blankDisk(flavor.swap, 'swap', name)] : [];
  if (typeof virtual !== 'string' || !/^ephemeral\d+$/.test(virtual)) return [];
  return flavor.ephemeral_gb > 0 ? [blankDisk(flavor.ephemeral_gb, null, name)] : [];
}
