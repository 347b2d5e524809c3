import type { Flavor } from '@bootlab/nova';
import { blankDisk, blockDevice } from './block-device';
import { getImageDefinedBdms, mergeBdmsLists } from './image-defined-devices';

const flavor = { ephemeral_gb: 5, swap: 64 } as Flavor;

function devices(properties: Record<string, unknown>, of = flavor) {
  return getImageDefinedBdms(of, { properties }, 'vda');
}

describe('getImageDefinedBdms', () => {
  it('finds none in an image without such properties', () =>
    expect(devices({ block_device_mapping: 'text' })).toEqual([]));

  it('reads version 2 as it is', () => {
    const device = { source_type: 'snapshot', destination_type: 'volume', snapshot_id: 's', boot_index: 0 };
    expect(devices({ bdm_v2: 'True', block_device_mapping: [device] })).toMatchObject([{ ...device, volume_id: null }]);
  });

  it('reads version 1, of which the disk on the root device boots', () => {
    const mapping = [
      { device_name: '/dev/vda', snapshot_id: 's', volume_size: 3, delete_on_termination: true },
      { device_name: 'vdb', volume_id: 'v' },
      { device_name: 'vdc', no_device: true },
    ];
    expect(devices({ block_device_mapping: mapping })).toMatchObject([
      { source_type: 'snapshot', boot_index: 0, volume_size: 3, delete_on_termination: true, device_name: '/dev/vda' },
      { source_type: 'volume', boot_index: -1, volume_id: 'v', device_name: '/dev/vdb' },
      { source_type: 'blank', no_device: true },
    ]);
  });

  it('makes blank disks of mappings, as far as the flavor has some', () => {
    const mappings = [
      { virtual: 'ami', device: 'sda1' },
      { virtual: 'ephemeral0', device: 'sdb' },
      { virtual: 'swap', device: 'sdc' },
    ];
    expect(devices({ mappings })).toEqual([blankDisk(5, null, '/dev/sdb'), blankDisk(64, 'swap', '/dev/sdc')]);
    expect(devices({ mappings }, { ephemeral_gb: 0, swap: 0 } as Flavor)).toEqual([]);
  });
});

describe('mergeBdmsLists', () => {
  it('prefers the second list where both name a device', () => {
    const disk = (device_name: string | null, volume_size: number) =>
      blockDevice({ source_type: 'blank', destination_type: 'local', device_name, volume_size });
    const merged = mergeBdmsLists(
      [disk('/dev/vdb', 1), disk(null, 2), disk('/dev/vdc', 3)],
      [disk('/dev/vdb', 4), disk(null, 5)],
    );
    expect(merged.map(({ volume_size }) => volume_size)).toEqual([4, 5, 2, 3]);
  });
});
