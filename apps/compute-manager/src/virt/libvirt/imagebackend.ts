import { hop, Hop, noteAttributes } from '@bootlab/hop';
import { novaException, RequestContext } from '@bootlab/openstack';
import { existsSync, utimesSync } from 'node:fs';
import { copyFile, mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { NamedLocks } from '../../lockutils';
import type { DiskInfo } from '../disk-info/disk-info';
import { diskInfo } from '../images';
import { removePathOnError } from '../remove-on-error';
import type { Overlay } from './qcow2-overlay';
import { createCowImage, FetchFunc } from './utils';

/** Makes sure that the file is there. */
type PrepareTemplate = (target: string) => Promise<unknown>;

/** Marks a cached image as in use; one that belongs to another user of the machine stays as it is. */
const updateUtimeIgnoreEacces = hop(
  'nova.virt.libvirt.imagebackend._update_utime_ignore_eacces',
  function updateUtimeIgnoreEacces(path: string): void {
    const now = new Date();
    try {
      utimesSync(path, now, now);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EACCES' && code !== 'EPERM') throw error;
    }
  },
  { in: (path) => ({ 'file.path': path }) },
);

/** One disk of an instance, made from a cached image. Plays `nova.virt.libvirt.imagebackend.Image`. */
export abstract class Image {
  /** @param path the instance's own file */
  constructor(
    readonly path: string,
    private readonly baseFolder: string,
    private readonly locks: NamedLocks,
  ) {}

  /**
   * Makes the disk unless it is there.
   * @param filename name of the image in the cache
   * @param size bytes; undefined for the image's own size
   * @throws FlavorDiskSmallerThanImage, and what fetching raises
   */
  @Hop('nova.virt.libvirt.imagebackend.Image.cache', {
    in: (_context: RequestContext, _fetch: FetchFunc, filename: string, imageId: string) => ({
      'image.id': imageId,
      'cache.file': filename,
    }),
    out: (cached: boolean) => ({ 'cache.hit': cached }),
  })
  async cache(
    context: RequestContext,
    fetchFunc: FetchFunc,
    filename: string,
    imageId: string,
    size?: number,
  ): Promise<boolean> {
    const base = join(this.baseFolder, filename);
    const cached = existsSync(base);
    if (!cached) await mkdir(this.baseFolder, { recursive: true });
    if (!cached || !existsSync(this.path)) {
      await this.createImage((target) => this.fetchFuncSync(context, fetchFunc, target, imageId), base, size);
    }
    return cached;
  }

  protected abstract createImage(prepareTemplate: PrepareTemplate, base: string, size?: number): Promise<void>;

  /** Fetches the cached image when it is missing, and tells what it is once it is known to fit. */
  protected async prepareBase(prepareTemplate: PrepareTemplate, base: string, size?: number): Promise<DiskInfo> {
    if (!existsSync(base)) await prepareTemplate(base);
    updateUtimeIgnoreEacces(base);
    return this.verifyBaseSize(base, size);
  }

  /** What the image is. @throws FlavorDiskSmallerThanImage when its disk is larger than `size` bytes */
  @Hop('nova.virt.libvirt.imagebackend.Image.verify_base_size', {
    in: (_base: string, size?: number) => ({ 'disk.size': size ?? 'as the image' }),
    out: ({ virtualSize }: DiskInfo) => ({ 'image.virtual_size': virtualSize }),
  })
  private verifyBaseSize(base: string, size?: number): DiskInfo {
    const info = diskInfo(base);
    if (size !== undefined && size < info.virtualSize) {
      throw new novaException.FlavorDiskSmallerThanImage({ flavor_size: size, image_size: info.virtualSize });
    }
    return info;
  }

  /** Fetches the image unless another boot does so already: then waits, and takes what that one got. */
  @Hop('nova.virt.libvirt.imagebackend.Image.cache.fetch_func_sync', {
    in: (_context: RequestContext, _fetch: FetchFunc, target: string, imageId: string) => ({
      'image.id': imageId,
      'file.path': target,
    }),
    out: (fetched: boolean) => ({ 'image.fetched_by': fetched ? 'this boot' : 'another boot, waited for' }),
  })
  private async fetchFuncSync(
    context: RequestContext,
    fetchFunc: FetchFunc,
    target: string,
    imageId: string,
  ): Promise<boolean> {
    const asked = performance.now();
    return this.locks.synchronized(target, async () => {
      noteAttributes({ 'lock.waited_ms': Math.round(performance.now() - asked) });
      if (existsSync(target)) return false;
      await fetchFunc(context, target, imageId);
      return true;
    });
  }
}

/** A disk that shows the cached image until something is written. Plays `Qcow2`. */
export class Qcow2 extends Image {
  @Hop('nova.virt.libvirt.imagebackend.Qcow2.create_image', {
    in: (_prepare: PrepareTemplate, base: string) => ({ 'image.backing_file': base }),
  })
  protected async createImage(prepareTemplate: PrepareTemplate, base: string, size?: number): Promise<void> {
    const { fileFormat, virtualSize } = await this.prepareBase(prepareTemplate, base, size);
    if (existsSync(this.path)) return;
    const overlay = { backingFile: base, backingFormat: fileFormat, virtualSize: size ?? virtualSize };
    await removePathOnError(this.path, async () => this.copyQcow2Image(overlay));
  }

  @Hop('nova.virt.libvirt.imagebackend.Qcow2.create_image.copy_qcow2_image', {
    in: ({ backingFile, virtualSize }: Overlay) => ({ 'image.backing_file': backingFile, 'disk.size': virtualSize }),
  })
  private copyQcow2Image(overlay: Overlay): void {
    createCowImage(this.path, overlay);
  }
}

/** A disk with a copy of the cached image. Plays `Flat`. */
export class Flat extends Image {
  protected async createImage(prepareTemplate: PrepareTemplate, base: string, size?: number): Promise<void> {
    const { fileFormat } = await this.prepareBase(prepareTemplate, base, size);
    if (existsSync(this.path)) return;
    await removePathOnError(this.path, async () => {
      await copyFile(base, this.path);
      if (size !== undefined && fileFormat === 'raw') await truncate(this.path, size);
    });
  }
}
