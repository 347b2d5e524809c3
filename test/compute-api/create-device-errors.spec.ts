import { CIRROS } from './support/api';
import { Row, Server, useRefusingApi, UUID } from './support/refusing-api';

const root = { source_type: 'image', destination_type: 'local', uuid: CIRROS, boot_index: 0 };

describe('the block devices that POST /servers refuses', () => {
  const own = useRefusingApi();
  const v2 = (...devices: Server[]) => ({ block_device_mapping_v2: devices });
  const only = (...devices: Server[]) => ({ imageRef: undefined, ...v2(...devices) });
  const volume = { source_type: 'volume', uuid: UUID, boot_index: 0 };
  it.each<Row>([
    ['a volume to boot from', only(volume), 400, /failed to get volume .*the lab has no volume service/],
    ['a snapshot to boot from', only({ ...volume, source_type: 'snapshot' }), 400, /failed to get snapshot/],
    ['a volume beside the image', v2(root, { ...volume, boot_index: -1 }), 400, /failed to get volume/],
    [
      'a volume of version 1',
      { block_device_mapping: [{ device_name: 'vdb', volume_id: UUID }] },
      400,
      /failed to get volume/,
    ],
    [
      'a root volume of version 1',
      { imageRef: '', block_device_mapping: [{ device_name: 'vda', volume_id: UUID }] },
      400,
      /failed to get volume/,
    ],
    [
      'both versions',
      { ...v2(root), block_device_mapping: [{ device_name: 'vdb', volume_id: UUID }] },
      400,
      /not both/,
    ],
    [
      'a volume on the root device',
      v2(root, { ...volume, boot_index: -1, device_name: '/dev/vda' }),
      400,
      /name of the root device, vda/,
    ],
    [
      'a volume for two servers',
      { ...v2(root, { ...volume, boot_index: -1 }), min_count: 2 },
      400,
      /attached to several servers/,
    ],
    [
      'an image that is to become a volume',
      only({ ...root, destination_type: 'volume', volume_size: 1 }),
      400,
      /no volume service/,
    ],
    ['the same without a size', only({ ...root, destination_type: 'volume' }), 400, /needs a volume_size/],
    [
      'an image that is not there',
      only({ ...root, uuid: UUID, destination_type: 'volume', volume_size: 1 }),
      400,
      /failed to get image/,
    ],
    [
      'another image that is not there',
      v2(root, { ...root, boot_index: 1, uuid: UUID, destination_type: 'volume', volume_size: 1 }),
      400,
      /failed to get image/,
    ],
    ['an image as a local disk without imageRef', only(root), 400, /only as the root disk/],
    ['a second local image', v2(root, { ...root, boot_index: 1 }), 400, /only as the root disk/],
    [
      'a local volume',
      v2(root, { ...volume, boot_index: -1, destination_type: 'local' }),
      400,
      /cannot become a local disk/,
    ],
    ['a blank disk with a uuid', v2(root, { source_type: 'blank', uuid: UUID }), 400, /blank disk has no uuid/],
    ['a volume without a uuid', v2(root, { source_type: 'volume' }), 400, /needs the uuid/],
    ['no root disk', v2({ source_type: 'blank', volume_size: 1 }), 400, /boot indexes/],
    ['a gap in the boot order', v2(root, { source_type: 'blank', boot_index: 2 }), 400, /boot indexes/],
    [
      'a blank volume',
      v2(root, { source_type: 'blank', destination_type: 'volume', volume_size: 1 }),
      400,
      /no volume service/,
    ],
    [
      'a blank volume without a size',
      v2(root, { source_type: 'blank', destination_type: 'volume' }),
      400,
      /needs a volume_size/,
    ],
    [
      'blank disks larger than the flavor has',
      { ...v2(root, { source_type: 'blank', volume_size: 6 }), flavorRef: '2' },
      400,
      /Ephemeral disks requested are larger/,
    ],
    ['two swap disks', { ...v2(root, swap(1), swap(1)), flavorRef: '2' }, 400, /more than one swap disk/],
    ['more swap than the flavor has', { ...v2(root, swap(65)), flavorRef: '2' }, 400, /Swap drive requested is larger/],
    [
      'four local disks',
      { ...v2(root, blank(1), blank(1), blank(1)), flavorRef: '2' },
      400,
      /more than 3 local devices/,
    ],
  ])('%s', async (_what, server, status, message) => own.refused(server, status, message));

  it('an image whose min_disk is larger than the volume it is to become', async () => {
    const uuid = own.api.glance.add(crypto.randomUUID(), { min_disk: 5 });
    const server = only({ ...root, uuid, destination_type: 'volume', volume_size: 4 });
    await own.refused(server, 400, /Volume of 4294967296 bytes is smaller/);
  });
});

function swap(volume_size: number): Server {
  return { source_type: 'blank', guest_format: 'swap', volume_size };
}

function blank(volume_size: number): Server {
  return { source_type: 'blank', volume_size };
}
