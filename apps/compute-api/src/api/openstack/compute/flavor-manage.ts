import { Flavors } from '@bootlab/nova-db';
import type { RequestContext } from '@bootlab/openstack';
import { Body, Controller, HttpCode, Post, Req, UseInterceptors } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { Policy } from '../../../policies/policy';
import { NovaContext } from '../context.decorator';
import { pipeline, prefixes } from '../pipeline';
import type { NovaRequest } from '../request';
import { SchemaPipe } from '../schema.pipe';
import { createFlavor, CreateFlavorBody } from './schemas/flavor-manage';
import { showFlavor } from './views/flavors';

const OF_ITS_OWN = 'auto';

/** Makes flavors, for administrators. Plays `nova.api.openstack.compute.flavor_manage.FlavorManageController`. */
@Controller(prefixes.map((prefix) => `${prefix}/flavors`))
@UseInterceptors(...pipeline)
export class FlavorManageController {
  constructor(
    private readonly flavors: Flavors,
    private readonly policy: Policy,
  ) {}

  /** Without an id, or with `auto`, the flavor gets one of its own. */
  @Post()
  @HttpCode(200)
  async create(
    @Req() request: NovaRequest,
    @NovaContext() context: RequestContext,
    @Body(new SchemaPipe(createFlavor)) { flavor }: CreateFlavorBody,
  ) {
    this.policy.enforce(context, 'os_compute_api:os-flavor-manage:create');
    const { id } = flavor;
    const made = await this.flavors.create({
      flavorid: id === undefined || id === null || id === OF_ITS_OWN ? randomUUID() : String(id),
      name: flavor.name,
      memory_mb: flavor.ram,
      vcpus: flavor.vcpus,
      root_gb: flavor.disk,
      ephemeral_gb: flavor['OS-FLV-EXT-DATA:ephemeral'] ?? 0,
      swap: flavor.swap ?? 0,
      rxtx_factor: flavor.rxtx_factor ?? 1,
      is_public: flavor['os-flavor-access:is_public'] ?? true,
    });
    return { flavor: showFlavor(request, made) };
  }
}
