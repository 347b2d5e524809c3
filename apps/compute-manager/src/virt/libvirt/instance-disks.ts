import { Hop } from '@bootlab/hop';
import { Instance } from '@bootlab/nova';
import { novaException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { mkdirSync } from 'node:fs';
import { Backend } from './backend';
import type { Image } from './imagebackend';
import { getCacheFname } from './imagecache';
import { ImageFetch } from './utils';

const GIB = 1024 ** 3;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The cache file of an image. @throws ImageUnacceptable for what is no image's id */
function cacheFile(imageId: string): string {
  if (UUID.test(imageId)) return getCacheFname(imageId);
  throw new novaException.ImageUnacceptable({ image_id: imageId, reason: 'its id is no uuid' });
}

/** Makes the files of an instance's disks. */
@Injectable()
export class InstanceDisks {
  constructor(
    private readonly backend: Backend,
    private readonly images: ImageFetch,
  ) {}

  /** The instance's folder with its kernel and ramdisk, where it has them, and its root disk. */
  @Hop('nova.virt.libvirt.driver.LibvirtDriver._create_image', {
    in: (_: RequestContext, { uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  async createImage(context: RequestContext, instance: Instance): Promise<void> {
    const { uuid, kernel_id, ramdisk_id } = instance;
    mkdirSync(this.backend.instanceFolder(uuid), { recursive: true });
    for (const [name, imageId] of Object.entries({ kernel: kernel_id, ramdisk: ramdisk_id })) {
      if (imageId === '') continue;
      const file = this.backend.raw(uuid, name);
      const fetch = this.images.fetchRawImage.bind(this.images);
      await file.cache(context, fetch, cacheFile(imageId), imageId);
    }
    await this.createAndInjectLocalRoot(context, instance);
  }

  /** The root disk, of the flavor's size. An instance that boots from a volume has none here. */
  @Hop('nova.virt.libvirt.driver.LibvirtDriver._create_and_inject_local_root', {
    in: (_: RequestContext, { uuid, root_gb }: Instance) => ({ 'instance.uuid': uuid, 'flavor.root_gb': root_gb }),
  })
  private async createAndInjectLocalRoot(context: RequestContext, instance: Instance): Promise<void> {
    if (instance.image_ref === '') return;
    const size = instance.root_gb === 0 ? undefined : instance.root_gb * GIB;
    const filename = cacheFile(instance.image_ref);
    await this.tryFetchImageCache(
      context,
      this.backend.disk(instance.uuid, 'disk'),
      filename,
      instance.image_ref,
      size,
    );
  }

  /** @throws ImageNotFound when glance has no such image: no other host could give it either */
  @Hop('nova.virt.libvirt.driver.LibvirtDriver._try_fetch_image_cache', {
    in: (_: RequestContext, _disk: Image, _filename: string, imageId: string) => ({ 'image.id': imageId }),
  })
  private async tryFetchImageCache(
    context: RequestContext,
    disk: Image,
    filename: string,
    imageId: string,
    size?: number,
  ): Promise<void> {
    await disk.cache(context, this.images.fetchImage.bind(this.images), filename, imageId, size);
  }
}
