import { hop } from '@bootlab/hop';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ComputeConf } from '../../compute-conf';

/** Name of an image's file in the cache: the sha1 of its id, in hexadecimal. */
export const getCacheFname = hop(
  'nova.virt.libvirt.imagecache.get_cache_fname',
  function getCacheFname(imageId: string): string {
    return createHash('sha1').update(imageId).digest('hex');
  },
  { in: (imageId) => ({ 'image.id': imageId }), out: (name) => ({ 'cache.file': name }) },
);

/** Files of a download or a conversion that has not ended. */
const UNFINISHED = /\.(part|converted)$/;

/** The folder of downloaded images, `_base`. */
@Injectable()
export class ImageCache {
  readonly folder: string;

  constructor(
    { instancesPath }: ComputeConf,
    private readonly logger: LabLogger,
  ) {
    this.folder = join(instancesPath, '_base');
  }

  /** Makes the folder, and removes what a crash has left half-done in it. */
  async removeLeftovers(): Promise<void> {
    await mkdir(this.folder, { recursive: true });
    for (const name of await readdir(this.folder)) {
      if (!UNFINISHED.test(name)) continue;
      await rm(join(this.folder, name));
      this.logger.warn(`Removed ${name} from ${this.folder}: its download had not ended when this host stopped.`);
    }
  }
}
