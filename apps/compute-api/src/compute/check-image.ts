import { hop } from '@bootlab/hop';
import type { Flavor, ImageDict } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import type { BlockDevice } from './create-request';
import { textOf } from './text';

const GIB = 1024 ** 3;

/** Whether an image can be booted with a flavor, on a root disk. */
export interface ImageCheck {
  imageId: string | null;
  /** Without a status when the instance boots from no image. */
  image: ImageDict;
  flavor: Flavor;
  root: BlockDevice | undefined;
  /** Whether the user may boot a flavor without a disk of its own from an image. */
  mayBootZeroDisk: boolean;
}

/**
 * @throws ImageNotActive, InvalidImageConfigDrive, FlavorMemoryTooSmall, VolumeSmallerThanMinDisk, FlavorDiskSmallerThanImage,
 * FlavorDiskSmallerThanMinDisk, BootFromVolumeRequiredForZeroDiskFlavor
 */
export const checkRequestedImage = hop(
  'nova.compute.api.API._check_requested_image',
  function checkRequestedImage(check: ImageCheck): void {
    const { imageId, image, flavor, root } = check;
    if (image.status === undefined) return;
    if (image.status !== 'active') throw new novaException.ImageNotActive({ image_id: imageId });

    const configDrive = textOf(image.properties?.['img_config_drive']) ?? 'optional';
    if (!['optional', 'mandatory'].includes(configDrive)) {
      throw new novaException.InvalidImageConfigDrive({ config_drive: configDrive });
    }

    const { min_ram = 0 } = image;
    if (flavor.memory_mb < min_ram) {
      throw new novaException.FlavorMemoryTooSmall({ flavor_ram: flavor.memory_mb, min_ram });
    }
    if (root?.destination_type === 'volume') checkVolume(root, image);
    else checkDisk(check);
  },
  {
    in: ({ image, flavor }) => ({
      'image.id': image.id,
      'image.status': image.status,
      'image.size': image.size ?? 0,
      'image.min_ram': image.min_ram ?? 0,
      'image.min_disk': image.min_disk ?? 0,
      'flavor.name': flavor.name,
      'flavor.memory_mb': flavor.memory_mb,
      'flavor.root_gb': flavor.root_gb,
    }),
  },
);

/** A volume that exists already was checked when it was made; one that is to be made says its size. */
function checkVolume({ volume_size }: BlockDevice, { min_disk = 0 }: ImageDict): void {
  if (volume_size === null || volume_size >= min_disk) return;
  throw new novaException.VolumeSmallerThanMinDisk({ volume_size: volume_size * GIB, image_min_disk: min_disk * GIB });
}

/** Sizes count in bytes; a flavor's disk of 0 takes an image of any size. */
function checkDisk({ image, flavor, mayBootZeroDisk }: ImageCheck): void {
  const flavor_size = flavor.root_gb * GIB;
  if (flavor_size === 0) {
    if (!mayBootZeroDisk) throw new novaException.BootFromVolumeRequiredForZeroDiskFlavor();
    return;
  }
  const image_size = image.size ?? 0;
  if (image_size > flavor_size) throw new novaException.FlavorDiskSmallerThanImage({ flavor_size, image_size });
  const image_min_disk = (image.min_disk ?? 0) * GIB;
  if (image_min_disk > flavor_size) {
    throw new novaException.FlavorDiskSmallerThanMinDisk({ flavor_size, image_min_disk });
  }
}

/** @throws ImageUnacceptable for an image made of an encrypted volume: only a volume can be made of it again */
export const detectNonbootableImageFromProperties = hop(
  'nova.compute.api.API._detect_nonbootable_image_from_properties',
  function detectNonbootableImageFromProperties(imageId: string | null, { properties = {} }: ImageDict): void {
    if (!properties['cinder_encryption_key_id']) return;
    const reason = 'it was made of an encrypted volume; boot from a volume made of it.';
    throw new novaException.ImageUnacceptable({ image_id: imageId, reason });
  },
);
