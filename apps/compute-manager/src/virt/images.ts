import { Hop, noteAttributes } from '@bootlab/hop';
import { ImageApi } from '@bootlab/nova-image';
import { novaException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { rename, rm } from 'node:fs/promises';
import { ComputeConf } from '../compute-conf';
import { DiskInfo, MalformedHeader } from './disk-info/disk-info';
import { readDiskInfo } from './disk-info/read-disk-info';
import { findQemuImg, qemuImgConvert } from './qemu-img';
import { removePathOnError } from './remove-on-error';

/** Gets images from glance onto this host's disk. Plays `nova.virt.images`. */
@Injectable()
export class Images {
  constructor(
    private readonly imageApi: ImageApi,
    private readonly conf: ComputeConf,
  ) {}

  /**
   * Downloads the image beside `path`, looks at it, converts it when it is not raw, and only then gives it its name.
   * @throws ImageUnacceptable for an image that needs other files or cannot be converted, InvalidDiskInfo, and what the download raises
   */
  @Hop('nova.virt.images.fetch_to_raw', {
    in: (_: RequestContext, imageId: string, path: string) => ({ 'image.id': imageId, 'file.path': path }),
  })
  async fetchToRaw(context: RequestContext, imageId: string, path: string): Promise<void> {
    const part = `${path}.part`;
    await this.fetch(context, imageId, part);
    await removePathOnError(part, async () => {
      const { fileFormat, backingFile } = this.qemuImgInfo(part);
      if (backingFile !== undefined) {
        const reason = `it is a ${fileFormat} that needs another file: ${backingFile}`;
        throw new novaException.ImageUnacceptable({ image_id: imageId, reason });
      }
      const converted = `${path}.converted`;
      const convert = fileFormat !== 'raw' && this.conf.forceRawImages;
      if (convert && (await this.convertImage(part, converted, fileFormat, imageId))) {
        await rm(part);
        await this.#keepRaw(converted, path, imageId);
      } else {
        await rename(part, path);
      }
    });
  }

  async #keepRaw(converted: string, path: string, imageId: string): Promise<void> {
    await removePathOnError(converted, async () => {
      const { fileFormat } = this.qemuImgInfo(converted);
      if (fileFormat !== 'raw') {
        const reason = `it was converted to raw, but its format is ${fileFormat} now`;
        throw new novaException.ImageUnacceptable({ image_id: imageId, reason });
      }
      await rename(converted, path);
    });
  }

  /** Downloads the image; no file stays when that fails. @throws ImageNotFound, ImageNotAuthorized, GlanceConnectionFailed, OSError */
  @Hop('nova.virt.images.fetch', {
    in: (_: RequestContext, imageId: string, path: string) => ({ 'image.id': imageId, 'file.path': path }),
  })
  async fetch(context: RequestContext, imageId: string, path: string): Promise<void> {
    await removePathOnError(path, () => this.imageApi.download(context, imageId, path));
  }

  /** @throws InvalidDiskInfo, DiskNotFound */
  @Hop('nova.virt.images.qemu_img_info', {
    in: (path: string) => ({ 'file.path': path }),
    out: ({ fileFormat, virtualSize, backingFile }: DiskInfo) => ({
      'image.format': fileFormat,
      'image.virtual_size': virtualSize,
      ...(backingFile === undefined ? {} : { 'image.backing_file': backingFile }),
    }),
  })
  private qemuImgInfo(path: string): DiskInfo {
    return diskInfo(path);
  }

  /**
   * Makes `dest`, a raw image of the same disk. False when the machine has no `qemu-img`: then there is no `dest`.
   * @throws ImageUnacceptable when the image is broken
   */
  @Hop('nova.virt.images.convert_image', {
    in: (_source: string, _dest: string, format: string) => ({ 'image.format': format, 'image.target_format': 'raw' }),
    out: (converted: boolean) => ({ 'image.converted': converted }),
  })
  private async convertImage(source: string, dest: string, format: string, imageId: string): Promise<boolean> {
    const program = await findQemuImg();
    if (program === undefined) {
      noteAttributes({ 'hop.simulated': `No qemu-img on PATH, so the ${format} image goes into _base as it is.` });
      return false;
    }
    return removePathOnError(dest, async () => {
      try {
        await qemuImgConvert(program, source, dest, format, 'raw');
        return true;
      } catch (error) {
        const reason = `it cannot be converted to raw: ${(error as Error).message}`;
        throw new novaException.ImageUnacceptable({ image_id: imageId, reason }, { cause: error });
      }
    });
  }
}

/** Format and size of a disk image. @throws InvalidDiskInfo, DiskNotFound */
export function diskInfo(path: string): DiskInfo {
  try {
    return readDiskInfo(path);
  } catch (error) {
    if (error instanceof MalformedHeader) throw new novaException.InvalidDiskInfo({ reason: error.message });
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new novaException.DiskNotFound({ location: path });
    throw error;
  }
}
