import { Hop } from '@bootlab/hop';
import type { BlockDeviceMapping, Instance } from '@bootlab/nova';
import { BlockDevices, BuildRequests, Instances, Tags } from '@bootlab/nova-db';
import { novaException } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';

const MIB_PER_GIB = 1024;

/** The rows around an instance that is about to be built. */
@Injectable()
export class BuildRows {
  constructor(
    private readonly blockDevices: BlockDevices,
    private readonly tags: Tags,
    private readonly buildRequests: BuildRequests,
    private readonly instances: Instances,
  ) {}

  /** Writes the instance's disks and gives them back with their sizes filled in from the flavor. */
  @Hop('nova.conductor.manager.ComputeTaskManager._create_block_device_mapping', {
    in: ({ uuid }: Instance, devices: BlockDeviceMapping[]) => ({
      'instance.uuid': uuid,
      'block_device.count': devices.length,
    }),
  })
  async createBlockDeviceMapping(
    { uuid, flavor }: Instance,
    devices: BlockDeviceMapping[],
  ): Promise<BlockDeviceMapping[]> {
    const sized = devices.map((device) => ({
      ...device,
      instance_uuid: uuid,
      volume_size: device.volume_size ?? sizeFromFlavor(device, flavor),
    }));
    await this.blockDevices.create(sized);
    return sized;
  }

  @Hop('nova.conductor.manager.ComputeTaskManager._create_tags', {
    in: ({ uuid }: Instance, tags: string[]) => ({ 'instance.uuid': uuid, 'tag.count': tags.length }),
  })
  async createTags({ uuid }: Instance, tags: string[]): Promise<void> {
    await this.tags.create(uuid, tags);
  }

  /** Drops the build request. When it is gone, its user has deleted the server: then so is the instance, and the answer is false. */
  @Hop('nova.conductor.manager.ComputeTaskManager._delete_build_request', {
    in: ({ uuid }: Instance) => ({ 'instance.uuid': uuid }),
    out: (wanted: boolean) => ({ 'instance.deleted_meanwhile': !wanted }),
  })
  async deleteBuildRequest({ uuid }: Instance): Promise<boolean> {
    try {
      await this.buildRequests.destroy(uuid);
      return true;
    } catch (error) {
      if (!(error instanceof novaException.BuildRequestNotFound)) throw error;
      await this.instances.destroyIfThere(uuid);
      return false;
    }
  }
}

/** A swap or ephemeral disk without a size is as large as the flavor says. Plays `_volume_size`. */
function sizeFromFlavor(device: BlockDeviceMapping, flavor: Instance['flavor']): number | null {
  if (device.source_type !== 'blank' || device.destination_type !== 'local') return null;
  return device.guest_format === 'swap' ? Math.ceil(flavor.swap / MIB_PER_GIB) : flavor.ephemeral_gb;
}
