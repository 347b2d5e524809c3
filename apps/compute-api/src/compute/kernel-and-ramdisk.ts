import { Hop } from '@bootlab/hop';
import { ImageDict } from '@bootlab/nova';
import { ImageApi } from '@bootlab/nova-image';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';

export interface KernelAndRamdisk {
  kernelId: string;
  ramdiskId: string;
}

/** What an image says that has no kernel although its format would need one. */
const NULL_KERNEL = 'nokernel';

/** Finds the kernel and the ramdisk that an image names; each is an image itself. */
@Injectable()
export class KernelAndRamdiskImages {
  constructor(private readonly images: ImageApi) {}

  /** Ids, empty where the image names none. @throws ImageNotFound and the like when one cannot be read */
  @Hop('nova.compute.api.API._handle_kernel_and_ramdisk')
  async handleKernelAndRamdisk(context: RequestContext, { properties = {} }: ImageDict): Promise<KernelAndRamdisk> {
    const kernel = idOf(properties['kernel_id']);
    if (kernel === NULL_KERNEL) return { kernelId: '', ramdiskId: '' };
    return {
      kernelId: await this.#existing(context, kernel),
      ramdiskId: await this.#existing(context, idOf(properties['ramdisk_id'])),
    };
  }

  async #existing(context: RequestContext, id: string): Promise<string> {
    return id === '' ? '' : (await this.images.get(context, id)).id;
  }
}

function idOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
