import { Hop } from '@bootlab/hop';
import type { BlockDeviceMapping, Instance } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';

const FIRST_DISK = 'a'.charCodeAt(0);

/** Names and prepares an instance's disks. */
@Injectable()
export class BlockDevicePreparation {
  /** Gives every disk without a name one in their order, and tells the name of the root disk. */
  @Hop('nova.compute.manager.ComputeManager._default_block_device_names', {
    in: ({ uuid }: Instance, devices: BlockDeviceMapping[]) => ({
      'instance.uuid': uuid,
      'block_device.count': devices.length,
    }),
    out: (root: string) => ({ 'instance.root_device_name': root }),
  })
  defaultBlockDeviceNames(instance: Instance, devices: BlockDeviceMapping[]): string {
    const root = instance.root_device_name ?? '/dev/vda';
    const taken = new Set([root, ...devices.map(({ device_name }) => device_name)]);
    let next = FIRST_DISK;
    for (const device of devices) {
      if (device.boot_index === 0) device.device_name ??= root;
      while (device.device_name === null) {
        const name = `/dev/vd${String.fromCharCode(next++)}`;
        if (!taken.has(name)) device.device_name = name;
        taken.add(name);
      }
    }
    return root;
  }

  /** Attaches the volumes; an image's disks are the driver's business. @throws InvalidBDM for a volume: nobody could attach it */
  @Hop('nova.compute.manager.ComputeManager._prep_block_device', {
    in: ({ uuid }: Instance, devices: BlockDeviceMapping[]) => ({
      'instance.uuid': uuid,
      'block_device.count': devices.length,
    }),
    simulated: 'The lab has no volume service, so no volume is attached.',
  })
  prepBlockDevice(_instance: Instance, devices: BlockDeviceMapping[]): void {
    if (devices.every(({ destination_type }) => destination_type !== 'volume')) return;
    throw new novaException.InvalidBDM({
      message: 'Block Device Mapping is Invalid: the lab has no volume service; boot from an image.',
    });
  }

  /** Detaches the instance's volumes; there are none as long as none can be attached. */
  @Hop('nova.compute.manager.ComputeManager._cleanup_volumes', {
    in: (uuid: string, devices: BlockDeviceMapping[]) => ({
      'instance.uuid': uuid,
      'volume.count': devices.filter(({ volume_id }) => volume_id !== null).length,
    }),
    simulated: 'The lab has no volume service, so no volume is attached.',
  })
  cleanupVolumes(_instanceUuid: string, _devices: BlockDeviceMapping[]): void {}
}
