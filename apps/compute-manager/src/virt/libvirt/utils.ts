import { hop, Hop } from '@bootlab/hop';
import { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Images } from '../images';
import { Overlay, writeOverlay } from './qcow2-overlay';

/** Puts the image `imageId` into the file `target`. */
export type FetchFunc = (context: RequestContext, target: string, imageId: string) => Promise<void>;

/** The ways to get an image. Plays functions of `nova.virt.libvirt.utils`. */
@Injectable()
export class ImageFetch {
  constructor(private readonly images: Images) {}

  /** As raw where that is wanted and can be done. */
  @Hop('nova.virt.libvirt.utils.fetch_image', {
    in: (_: RequestContext, target: string, imageId: string) => ({ 'image.id': imageId, 'file.path': target }),
  })
  async fetchImage(context: RequestContext, target: string, imageId: string): Promise<void> {
    await this.images.fetchToRaw(context, imageId, target);
  }

  /** Byte for byte, e.g. a kernel. */
  @Hop('nova.virt.libvirt.utils.fetch_raw_image', {
    in: (_: RequestContext, target: string, imageId: string) => ({ 'image.id': imageId, 'file.path': target }),
  })
  async fetchRawImage(context: RequestContext, target: string, imageId: string): Promise<void> {
    await this.images.fetch(context, imageId, target);
  }
}

/** Makes a disk on top of another file. */
export const createCowImage = hop(
  'nova.virt.libvirt.utils.create_cow_image',
  function createCowImage(path: string, overlay: Overlay): void {
    writeOverlay(path, overlay);
  },
  { in: (path, { backingFile }) => ({ 'file.path': path, 'image.backing_file': backingFile }) },
);
