import { isUp, Service, serviceDownTime } from '@bootlab/nova';
import { Services } from '@bootlab/nova-db';
import { RequestContext } from '@bootlab/openstack';
import { Controller, Get, Req, UseInterceptors } from '@nestjs/common';
import { DEFAULT_AVAILABILITY_ZONE } from '../../../compute/availability-zone';
import { Policy } from '../../../policies/policy';
import { queryOf } from '../common';
import { NovaContext } from '../context.decorator';
import { pipeline, prefixes } from '../pipeline';
import type { NovaRequest } from '../request';

/** Where the services are that run no instances. */
const INTERNAL_ZONE = 'internal';

/** The processes of nova that report to its database. Plays `nova.api.openstack.compute.services.ServiceController`. */
@Controller(prefixes.map((prefix) => `${prefix}/os-services`))
@UseInterceptors(...pipeline)
export class ServiceController {
  readonly #downTime = serviceDownTime();

  constructor(
    private readonly services: Services,
    private readonly policy: Policy,
  ) {}

  /** Filters `host` and `binary`. */
  @Get()
  async index(@Req() request: NovaRequest, @NovaContext() context: RequestContext) {
    this.policy.enforce(context, 'os_compute_api:os-services');
    const { host, binary } = queryOf(request);
    const services = await this.services.list({ host, binary });
    return { services: services.map((service) => this.#view(service)) };
  }

  #view(service: Service) {
    const { id, binary, host, disabled, updated_at, last_seen_up, created_at } = service;
    return {
      id,
      binary,
      host,
      zone: binary === 'nova-compute' ? DEFAULT_AVAILABILITY_ZONE : INTERNAL_ZONE,
      status: disabled ? 'disabled' : 'enabled',
      state: isUp(service, this.#downTime) ? 'up' : 'down',
      updated_at: (updated_at ?? last_seen_up ?? created_at).replace('Z', '000'),
      disabled_reason: null,
    };
  }
}
