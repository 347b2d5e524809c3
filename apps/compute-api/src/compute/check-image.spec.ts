import type { Flavor, ImageDict } from '@bootlab/nova';
import { ExceptionClass, novaException } from '@bootlab/openstack';
import { blockDevice } from './block-device';
import { checkRequestedImage, detectNonbootableImageFromProperties, ImageCheck } from './check-image';

const GIB = 1024 ** 3;
const flavor = { name: 'f', memory_mb: 512, root_gb: 2 } as Flavor;
const fits: ImageDict = { id: 'i', status: 'active', size: 2 * GIB, min_disk: 2, min_ram: 512 };

function check(image: ImageDict, rest: Partial<ImageCheck> = {}): () => void {
  return () => checkRequestedImage({ imageId: 'i', image, flavor, root: undefined, mayBootZeroDisk: true, ...rest });
}

describe('checkRequestedImage', () => {
  it('lets an image pass that needs all there is', () => {
    expect(check(fits)).not.toThrow();
    expect(check({ id: 'i', status: 'active' })).not.toThrow();
  });

  it('has nothing to say without an image', () => expect(check({})).not.toThrow());

  it.each<[string, ImageDict, ExceptionClass]>([
    ['status', { ...fits, status: 'saving' }, novaException.ImageNotActive],
    ['img_config_drive', { ...fits, properties: { img_config_drive: 'no' } }, novaException.InvalidImageConfigDrive],
    ['min_ram', { ...fits, min_ram: 513 }, novaException.FlavorMemoryTooSmall],
    ['size', { ...fits, size: 2 * GIB + 1 }, novaException.FlavorDiskSmallerThanImage],
    ['min_disk', { ...fits, min_disk: 3 }, novaException.FlavorDiskSmallerThanMinDisk],
  ])('refuses by %s', (_what, image, exception) => expect(check(image)).toThrow(exception));

  it('looks at the first that is wrong', () => {
    expect(check({ ...fits, status: 'queued', min_ram: 9999 })).toThrow(novaException.ImageNotActive);
    expect(check({ ...fits, size: 9 * GIB, min_disk: 9 })).toThrow(novaException.FlavorDiskSmallerThanImage);
  });

  it('takes an image of any size on a flavor without a disk, where that is allowed', () => {
    const zero = { flavor: { ...flavor, root_gb: 0 } };
    const large = { ...fits, size: 99 * GIB, min_disk: 99 };
    expect(check(large, zero)).not.toThrow();
    const denied = check(large, { ...zero, mayBootZeroDisk: false });
    expect(denied).toThrow(novaException.BootFromVolumeRequiredForZeroDiskFlavor);
  });

  it('measures min_disk by the volume that is to be the root disk', () => {
    const volume = (volume_size: number | null) => ({
      root: blockDevice({ source_type: 'image', destination_type: 'volume', volume_size }),
    });
    const large = { ...fits, size: 9 * GIB, min_disk: 9 };
    expect(check(large, volume(9))).not.toThrow();
    expect(check(large, volume(null))).not.toThrow();
    expect(check(large, volume(8))).toThrow(novaException.VolumeSmallerThanMinDisk);
  });
});

describe('detectNonbootableImageFromProperties', () => {
  it('refuses images of encrypted volumes', () => {
    const detect = (properties: Record<string, unknown>) => () =>
      detectNonbootableImageFromProperties('i', { properties });
    expect(detect({ cinder_encryption_key_id: 'k' })).toThrow(novaException.ImageUnacceptable);
    expect(detect({ cinder_encryption_key_id: '' })).not.toThrow();
  });
});
