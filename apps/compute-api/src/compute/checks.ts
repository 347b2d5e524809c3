import { Hop } from '@bootlab/hop';
import { Quotas } from '@bootlab/nova-db';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { Policy } from '../policies/policy';
import { checkRequestedImage, detectNonbootableImageFromProperties, ImageCheck } from './check-image';
import { checkInjectedFileQuota, checkMetadataPropertiesQuota } from './check-quota';
import type { CreateRequest } from './create-request';

/** The four checks that a new instance has to pass. */
@Injectable()
export class CreateChecks {
  constructor(
    private readonly policy: Policy,
    private readonly quotas: Quotas,
  ) {}

  /** @throws what the checks throw, in their order */
  @Hop('nova.compute.api.API._checks_for_create_and_rebuild')
  checksForCreateAndRebuild(
    context: RequestContext,
    { metadata, injectedFiles }: CreateRequest,
    check: Omit<ImageCheck, 'mayBootZeroDisk'>,
  ): void {
    const { limits } = this.quotas;
    checkMetadataPropertiesQuota(limits, metadata);
    checkInjectedFileQuota(limits, injectedFiles);
    const mayBootZeroDisk = this.policy.can(context, 'os_compute_api:servers:create:zero_disk_flavor');
    checkRequestedImage({ ...check, mayBootZeroDisk });
    detectNonbootableImageFromProperties(check.imageId, check.image);
  }
}
