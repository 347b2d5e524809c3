import { hop, Hop, noteAttributes } from '@bootlab/hop';
import { novaException, RequestContext } from '@bootlab/openstack';
import { access, copyFile, mkdir, truncate, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { NamedLocks } from '../../lockutils';
import { diskInfo } from '../images';
import { removePathOnError } from '../remove-on-error';
import { createCowImage, FetchFunc } from './utils';

/** Makes sure that the file is there. */
type PrepareTemplate = (target: string) => Promise<unknown>;

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

/** Marks a cached image as in use; one that belongs to another user of the machine stays as it is. */
const updateUtimeIgnoreEacces = hop(
  'nova.virt.libvirt.imagebackend._update_utime_ignore_eacces',
  async function updateUtimeIgnoreEacces(path: string): Promise<void> {
    const now = new Date();
    await utimes(path, now, now).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EACCES' && error.code !== 'EPERM') throw error;
    });
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
    await mkdir(this.baseFolder, { recursive: true });
    const base = join(this.baseFolder, filename);
    const cached = await exists(base);
    if (!cached || !(await exists(this.path))) {
      await this.createImage((target) => this.fetchFuncSync(context, fetchFunc, target, imageId), base, size);
    }
    return cached;
  }

  protected abstract createImage(prepareTemplate: PrepareTemplate, base: string, size?: number): Promise<void>;

  /** The cached image, fetched when it is missing, and large enough a disk for it. */
  protected async prepareBase(prepareTemplate: PrepareTemplate, base: string, size?: number): Promise<void> {
    if (!(await exists(base))) await prepareTemplate(base);
    await updateUtimeIgnoreEacces(base);
    await this.verifyBaseSize(base, size);
  }

  /** @throws FlavorDiskSmallerThanImage when the image's disk is larger than `size` bytes */
  @Hop('nova.virt.libvirt.imagebackend.Image.verify_base_size', {
    in: (_base: string, size?: number) => ({ 'disk.size': size ?? 'as the image' }),
    out: (virtualSize: number | undefined) => (virtualSize === undefined ? {} : { 'image.virtual_size': virtualSize }),
  })
  private async verifyBaseSize(base: string, size?: number): Promise<number | undefined> {
    if (size === undefined) return undefined;
    const { virtualSize } = await diskInfo(base);
    if (size < virtualSize) {
      throw new novaException.FlavorDiskSmallerThanImage({ flavor_size: size, image_size: virtualSize });
    }
    return virtualSize;
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
      if (await exists(target)) return false;
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
    await this.prepareBase(prepareTemplate, base, size);
    if (await exists(this.path)) return;
    await mkdir(dirname(this.path), { recursive: true });
    await removePathOnError(this.path, () => this.copyQcow2Image(base, size));
  }

  @Hop('nova.virt.libvirt.imagebackend.Qcow2.create_image.copy_qcow2_image', {
    in: (base: string, size?: number) => ({ 'image.backing_file': base, 'disk.size': size ?? 'as the image' }),
  })
  private async copyQcow2Image(base: string, size?: number): Promise<void> {
    await createCowImage(base, this.path, size);
  }
}

/** A disk with a copy of the cached image. Plays `Flat`. */
export class Flat extends Image {
  protected async createImage(prepareTemplate: PrepareTemplate, base: string, size?: number): Promise<void> {
    await this.prepareBase(prepareTemplate, base, size);
    if (await exists(this.path)) return;
    await mkdir(dirname(this.path), { recursive: true });
    await removePathOnError(this.path, async () => {
      await copyFile(base, this.path);
      const { fileFormat } = await diskInfo(base);
      if (size !== undefined && fileFormat === 'raw') await truncate(this.path, size);
    });
  }
}
