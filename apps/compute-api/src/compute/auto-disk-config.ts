import { hop } from '@bootlab/hop';
import type { ImageDict } from '@bootlab/nova';
import { novaException } from '@bootlab/openstack';
import { textOf } from './text';

/** The image's own word: `True`, `False` or `disabled`. */
export function autoDiskConfigOf(image: ImageDict): string | undefined {
  return textOf(image.properties?.['auto_disk_config']);
}

/** @throws AutoDiskConfigDisabledByImage when AUTO is asked for and the image forbids it */
export function ensureAutoDiskConfigIsValid(image: ImageDict, autoDiskConfig: boolean | undefined): void {
  if (autoDiskConfig !== true || autoDiskConfigOf(image)?.trim().toLowerCase() !== 'disabled') return;
  throw new novaException.AutoDiskConfigDisabledByImage({ image: image.id });
}

/** Looks at the image only when the request says something about its partitions. */
export const checkAutoDiskConfig = hop(
  'nova.compute.api.API._check_auto_disk_config',
  function checkAutoDiskConfig(image: ImageDict, autoDiskConfig: boolean | undefined): void {
    if (autoDiskConfig !== undefined) ensureAutoDiskConfigIsValid(image, autoDiskConfig);
  },
  { in: (image, autoDiskConfig) => ({ 'image.id': image.id, 'instance.auto_disk_config': autoDiskConfig }) },
);
