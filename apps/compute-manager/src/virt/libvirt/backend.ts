import { Injectable } from '@nestjs/common';
import { join } from 'node:path';
import { ComputeConf } from '../../compute-conf';
import { NamedLocks } from '../../lockutils';
import { Flat, Image, Qcow2 } from './imagebackend';
import { ImageCache } from './imagecache';

/** Picks the kind of an instance's disks. Plays `nova.virt.libvirt.imagebackend.Backend`. */
@Injectable()
export class Backend {
  constructor(
    private readonly conf: ComputeConf,
    private readonly cache: ImageCache,
    private readonly locks: NamedLocks,
  ) {}

  /** @param name e.g. `disk` */
  disk(instanceUuid: string, name: string): Image {
    return this.#make(this.conf.useCowImages ? Qcow2 : Flat, instanceUuid, name);
  }

  /** A file that is the image itself. @param name e.g. `kernel` */
  raw(instanceUuid: string, name: string): Image {
    return this.#make(Flat, instanceUuid, name);
  }

  /** `<instances_path>/<uuid>`. */
  instanceFolder(instanceUuid: string): string {
    return join(this.conf.instancesPath, instanceUuid);
  }

  #make(Kind: typeof Qcow2 | typeof Flat, instanceUuid: string, name: string): Image {
    return new Kind(join(this.instanceFolder(instanceUuid), name), this.cache.folder, this.locks);
  }
}
