import { Hop } from '@bootlab/hop';
import type { BlockDeviceMapping, Flavor, NewInstance } from '@bootlab/nova';
import { loadConf, novaConf, novaException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { isEphemeral, isSwap } from './block-device';
import type { BlockDevice } from './create-request';
import { BootImages } from './images';

const NO_VOLUMES =
  'Block Device Mapping is Invalid: the lab has no volume service; boot from an image on a local disk.';

/** Whether the disks of an instance can be made. */
@Injectable()
export class BlockDeviceValidator {
  readonly #maxLocal = loadConf(novaConf).DEFAULT.max_local_block_devices;

  constructor(private readonly images: BootImages) {}

  /** The disks as they belong to the instance, each with its size. @throws see {@link validateBdm} */
  @Hop('nova.compute.api.API._bdm_validate_set_size_and_instance')
  async bdmValidateSetSizeAndInstance(
    context: RequestContext,
    instance: NewInstance,
    flavor: Flavor,
    devices: BlockDevice[],
  ): Promise<BlockDeviceMapping[]> {
    await this.validateBdm(context, instance, flavor, devices);
    return devices.map((device) => ({
      ...device,
      uuid: randomUUID(),
      instance_uuid: instance.uuid,
      volume_size: volumeSize(flavor, device),
    }));
  }

  /**
   * @throws InvalidBDMBootSequence, InvalidBDMImage, InvalidBDM, InvalidBDMVolume, InvalidBDMSnapshot, InvalidBDMEphemeralSize,
   * InvalidBDMFormat, InvalidBDMSwapSize, InvalidBDMLocalsLimit
   */
  @Hop('nova.compute.api.API._validate_bdm', {
    in: (_: RequestContext, instance: NewInstance, _flavor: Flavor, devices: BlockDevice[]) => ({
      'instance.uuid': instance.uuid,
      'block_device.count': devices.length,
    }),
  })
  private async validateBdm(
    context: RequestContext,
    instance: NewInstance,
    flavor: Flavor,
    devices: BlockDevice[],
  ): Promise<void> {
    checkBootSequence(devices);
    for (const device of devices) await this.#checkSource(context, instance, device);
    checkBlankDisks(flavor, devices);
    const locals = devices.filter(({ destination_type }) => destination_type === 'local').length;
    if (this.#maxLocal >= 0 && locals > this.#maxLocal) {
      throw new novaException.InvalidBDMLocalsLimit({ allowed: this.#maxLocal });
    }
  }

  async #checkSource(context: RequestContext, instance: NewInstance, device: BlockDevice): Promise<void> {
    if (device.volume_id !== null) throw new novaException.InvalidBDMVolume({ id: device.volume_id });
    if (device.snapshot_id !== null) throw new novaException.InvalidBDMSnapshot({ id: device.snapshot_id });
    if (device.image_id !== null && device.image_id !== instance.image_ref) {
      await this.#checkImage(context, device.image_id);
    }
    if (device.destination_type !== 'volume') return;
    if (!device.volume_size) {
      const message = `Block Device Mapping is Invalid: a volume made of ${device.source_type} needs a volume_size.`;
      throw new novaException.InvalidBDM({ message });
    }
    throw new novaException.InvalidBDM({ message: NO_VOLUMES });
  }

  async #checkImage(context: RequestContext, id: string): Promise<void> {
    try {
      await this.images.getImage(context, id);
    } catch (error) {
      throw new novaException.InvalidBDMImage({ id }, { cause: error });
    }
  }
}

/** What may boot is numbered 0, 1, 2, …; null and negative numbers never boot. */
function checkBootSequence(devices: BlockDevice[]): void {
  const indexes = devices.flatMap(({ boot_index }) => (boot_index !== null && boot_index >= 0 ? boot_index : []));
  const inSequence = indexes.sort((left, right) => left - right).every((index, place) => index === place);
  if (indexes.length === 0 || !inSequence) throw new novaException.InvalidBDMBootSequence();
}

function checkBlankDisks(flavor: Flavor, devices: BlockDevice[]): void {
  const ephemeral = devices.filter(isEphemeral);
  const size = ephemeral.reduce((sum, { volume_size }) => sum + (volume_size ?? flavor.ephemeral_gb), 0);
  if (size > flavor.ephemeral_gb) throw new novaException.InvalidBDMEphemeralSize();
  const [swap, ...more] = devices.filter(isSwap);
  if (more.length > 0) throw new novaException.InvalidBDMFormat({ details: 'more than one swap disk was asked for.' });
  if ((swap?.volume_size ?? 0) > flavor.swap) throw new novaException.InvalidBDMSwapSize();
}

/** A blank local disk without a size is as large as the flavor says. */
function volumeSize(flavor: Flavor, device: BlockDevice): number | null {
  if (device.volume_size !== null) return device.volume_size;
  if (isSwap(device)) return flavor.swap;
  return isEphemeral(device) ? flavor.ephemeral_gb : null;
}
