import { hop, Hop } from '@bootlab/hop';
import { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { diskInfo, Images } from '../images';
import { writeOverlay } from './qcow2-overlay';

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

/** Makes a disk of `size` bytes on top of another; without a size it is as large as that one. */
export const createCowImage = hop(
  'nova.virt.libvirt.utils.create_cow_image',
  async function createCowImage(backingFile: string, path: string, size: number | undefined): Promise<void> {
    const { fileFormat, virtualSize } = await diskInfo(backingFile);
    await writeOverlay(path, { backingFile, backingFormat: fileFormat, virtualSize: size ?? virtualSize });
  },
  { in: (backingFile) => ({ 'image.backing_file': backingFile }) },
);
