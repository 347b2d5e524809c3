import { Hop } from '@bootlab/hop';
import { glanceException, RequestContext } from '@bootlab/openstack';
import { Inject, Injectable } from '@nestjs/common';
import { GLANCE_CONF, type GlanceConf } from '../conf';
import { parseQuota } from './parse-quota';
import { StorageUsage } from './storage-usage';

/** `user_storage_quota`: how many bytes one project may store. Plays the quota part of `glance.api.common`. */
@Injectable()
export class StorageQuota {
  readonly #quota: number;

  /** @throws Error when `user_storage_quota` is no size */
  constructor(
    @Inject(GLANCE_CONF) { DEFAULT }: GlanceConf,
    private readonly usage: StorageUsage,
  ) {
    this.#quota = parseQuota(DEFAULT.user_storage_quota);
  }

  /**
   * @param imageSize bytes the image will have; null when that is not known yet
   * @param imageId does not count itself
   * @returns bytes that are left for this image, or undefined when there is no limit
   * @throws glanceException.StorageQuotaFull
   */
  @Hop('glance.api.common.check_quota', {
    in: (_context: RequestContext, imageSize: number | null) => ({ 'image.size': imageSize ?? undefined }),
    out: (remaining: number | undefined) => ({ 'quota.remaining': remaining }),
  })
  async checkQuota(context: RequestContext, imageSize: number | null, imageId: string): Promise<number | undefined> {
    const remaining = await this.getRemainingQuota(context, imageId);
    if (remaining === undefined) return undefined;
    if (remaining <= 0 || (imageSize ?? 0) > remaining) throw quotaFull(imageSize, remaining);
    return remaining;
  }

  private async getRemainingQuota(context: RequestContext, imageId: string): Promise<number | undefined> {
    if (this.#quota === 0) return undefined;
    return this.#quota - (await this.usage.ofOwner(context, imageId));
  }
}

/** @param imageSize bytes, as far as known */
export function quotaFull(imageSize: number | null, remaining: number): Error {
  return new glanceException.StorageQuotaFull({ image_size: imageSize ?? 'of unknown size', remaining });
}
