import type { ImageMetaV1 } from '@bootlab/glanceclient';
import { formatBytes } from '../../cli/bytes';
import { print } from '../../cli/output';
import { sheet } from '../../cli/table';

/** One image for people. */
export function printImage(image: ImageMetaV1): void {
  const properties = Object.entries(image.properties).map(([key, value]) => [`Property ${key}`, value]);
  print(
    sheet({
      ID: image.id,
      Name: image.name ?? undefined,
      Status: image.status,
      Size: image.size === null ? undefined : `${image.size} bytes (${formatBytes(image.size)})`,
      'Disk format': image.disk_format ?? undefined,
      'Container format': image.container_format ?? undefined,
      Checksum: image.checksum === null ? undefined : `${image.checksum} (MD5)`,
      Public: String(image.is_public),
      Protected: String(image.protected),
      Owner: image.owner ?? undefined,
      'Minimum disk': `${image.min_disk} GiB`,
      'Minimum memory': `${image.min_ram} MB`,
      Created: image.created_at ?? undefined,
      Updated: image.updated_at ?? undefined,
      ...(Object.fromEntries(properties) as Record<string, string>),
    }),
  );
}
