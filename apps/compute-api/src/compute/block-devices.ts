import { hop } from '@bootlab/hop';
import type { Flavor } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import type { CommonOptions } from './base-options';
import { blankDisk, imageDisk, isEphemeral, isSwap, rootDisk } from './block-device';
import type { BlockDevice, CreateRequest } from './create-request';
import { stripDev } from './device-names';
import { getImageDefinedBdms, mergeBdmsLists } from './image-defined-devices';
import type { BootImage } from './images';

const DEFAULT_ROOT_DEVICE = 'vda';

/**
 * The disks of the instances: what the image defines, over it what the request asks for, and what the flavor adds.
 * @throws InvalidRequest for a volume on the root device, and for a volume that several instances would share
 */
export const checkAndTransformBdm = hop(
  'nova.compute.api.API._check_and_transform_bdm',
  function checkAndTransformBdm(
    { root_device_name }: CommonOptions,
    { image }: BootImage,
    { flavor, imageHref, blockDeviceMapping, legacyBdm, maxCount }: CreateRequest,
  ): BlockDevice[] {
    const root = stripDev(root_device_name) ?? DEFAULT_ROOT_DEVICE;
    if (imageHref !== '') checkRootDevice(blockDeviceMapping, root);
    const fromImage = getImageDefinedBdms(flavor, image, root);
    const imageHasRoot = rootDisk(fromImage) !== undefined;
    const requested = imageHasRoot
      ? blockDeviceMapping.filter((device) => !isImageRoot(device))
      : legacyBdm
        ? withImageDisk(blockDeviceMapping, image.id, imageHref)
        : blockDeviceMapping;
    const merged = mergeBdmsLists(fromImage, requested);
    if (maxCount > 1 && merged.some(({ source_type }) => source_type === 'volume')) {
      throw new novaException.InvalidRequest({
        reason: 'a volume cannot be attached to several servers; ask for one.',
      });
    }
    return [...merged, ...getFlavorDefinedBdms(flavor, merged)];
  },
  { out: (devices) => ({ 'block_device.count': devices.length }) },
);

/** Blank disks of the flavor's sizes, for which the request did not name others. */
const getFlavorDefinedBdms = hop(
  'nova.compute.api.API._get_flavor_defined_bdms',
  function getFlavorDefinedBdms(flavor: Flavor, devices: BlockDevice[]): BlockDevice[] {
    const defined: BlockDevice[] = [];
    if (flavor.ephemeral_gb > 0 && !devices.some(isEphemeral)) defined.push(blankDisk(flavor.ephemeral_gb));
    if (flavor.swap > 0 && !devices.some(isSwap)) defined.push(blankDisk(flavor.swap, 'swap'));
    return defined;
  },
);

function checkRootDevice(devices: BlockDevice[], root: string): void {
  const onRoot = devices.some(
    (device) => device.destination_type === 'volume' && stripDev(device.device_name) === root,
  );
  if (onRoot) {
    throw new novaException.InvalidRequest({ reason: `a volume cannot have the name of the root device, ${root}.` });
  }
}

function isImageRoot({ source_type, boot_index }: BlockDevice): boolean {
  return source_type === 'image' && boot_index === 0;
}

function withImageDisk(devices: BlockDevice[], imageId: string | undefined, imageHref: string): BlockDevice[] {
  return imageHref === '' || imageId === undefined ? devices : [imageDisk(imageId), ...devices];
}
