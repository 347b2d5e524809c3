import { Hop } from '@bootlab/hop';
import { imageMetaProps, ImageMetaProps } from './image-meta-props';

/** What an image dict may hold beside its properties; all of it may be missing. */
export interface ImageDict {
  id?: string;
  name?: string | null;
  status?: string;
  size?: number | null;
  checksum?: string | null;
  owner?: string | null;
  container_format?: string | null;
  disk_format?: string | null;
  min_ram?: number;
  min_disk?: number;
  created_at?: string | null;
  updated_at?: string | null;
  properties?: Record<string, unknown>;
}

/**
 * An image whose properties have types. Plays `nova.objects.image_meta.ImageMeta`.
 * `size` in bytes, `min_ram` in MB, `min_disk` in GiB.
 */
export class ImageMeta {
  readonly id?: string;
  readonly status?: string;
  readonly name: string;
  readonly checksum: string;
  readonly owner: string;
  readonly container_format: string;
  readonly disk_format: string;
  readonly size: number;
  readonly min_ram: number;
  readonly min_disk: number;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly properties: ImageMetaProps;

  /** Missing text becomes empty, a missing number 0. @throws ValueError when a property is outside its type */
  constructor(image: ImageDict) {
    this.id = image.id;
    this.status = image.status;
    this.name = image.name ?? '';
    this.checksum = image.checksum ?? '';
    this.owner = image.owner ?? '';
    this.container_format = image.container_format ?? '';
    this.disk_format = image.disk_format ?? '';
    this.size = image.size ?? 0;
    this.min_ram = image.min_ram ?? 0;
    this.min_disk = image.min_disk ?? 0;
    this.created_at = image.created_at ?? undefined;
    this.updated_at = image.updated_at ?? undefined;
    this.properties = imageMetaProps(image.properties ?? {});
  }

  /**
   * From the image dict that came with the request: no request is made.
   * @throws ValueError when a property is outside its type
   */
  @Hop('nova.objects.image_meta.ImageMeta.from_dict', {
    in: (image: ImageDict) => ({
      'image.id': image.id,
      'image.properties': Object.keys(image.properties ?? {}).length,
    }),
  })
  static fromDict(image: ImageDict): ImageMeta {
    return new ImageMeta(image);
  }
}
