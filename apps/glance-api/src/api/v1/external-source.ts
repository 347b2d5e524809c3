import { Hop } from '@bootlab/hop';
import { isLinkLocal, schemeOf } from '@bootlab/image-store';
import { HttpException, RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { StoreUtils } from '../../common/store-utils';
import { ImagePolicy } from './image-policy';
import type { ImageRequest } from './image-request';

/** Bytes that do not come with the request. */
@Injectable()
export class ExternalSource {
  constructor(
    private readonly policy: ImagePolicy,
    private readonly storeUtils: StoreUtils,
  ) {}

  /**
   * The location or the address to copy from, when the request names one.
   * @throws HttpException 403, 400
   */
  @Hop('glance.api.v1.images.Controller._external_source')
  externalSource(context: RequestContext, { imageMeta, copyFrom }: ImageRequest): string | undefined {
    if (imageMeta.location) this.policy.enforce(context, 'set_image_location');
    const source = imageMeta.location || copyFrom;
    if (copyFrom !== undefined && copyFrom !== source) this.validateSource(copyFrom);
    return source === undefined ? undefined : this.validateSource(source);
  }

  @Hop('glance.api.v1.images.Controller._validate_source', {
    in: (source: string) => ({ 'store.scheme': schemeOf(source) }),
  })
  validateSource(source: string): string {
    if (!this.storeUtils.validateExternalLocation(source)) {
      const scheme = schemeOf(source);
      throw new HttpException(
        400,
        `External sources of the scheme '${scheme}' are not supported; name one that starts with http:// or https://.`,
      );
    }
    if (isLinkLocal(source)) {
      throw new HttpException(
        400,
        'External sources at link-local addresses (169.254.0.0/16, fe80::/10) are not allowed: metadata services live there.',
      );
    }
    return source;
  }
}
