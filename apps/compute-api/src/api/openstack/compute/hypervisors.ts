import { isUp, Service, serviceDownTime } from '@bootlab/nova';
import { ComputeNodes, ComputeNodeUsage, Services } from '@bootlab/nova-db';
import { RequestContext } from '@bootlab/openstack';
import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { Policy } from '../../../policies/policy';
import { NovaContext } from '../context.decorator';
import { pipeline, prefixes } from '../pipeline';

/** The compute hosts and what is free of them. Plays `nova.api.openstack.compute.hypervisors.HypervisorsController`. */
@Controller(prefixes.map((prefix) => `${prefix}/os-hypervisors`))
@UseInterceptors(...pipeline)
export class HypervisorsController {
  readonly #downTime = serviceDownTime();

  constructor(
    private readonly nodes: ComputeNodes,
    private readonly services: Services,
    private readonly policy: Policy,
  ) {}

  /** Memory in MB, disk in GiB; what is promised several times over makes the free amounts negative. */
  @Get('detail')
  async detail(@NovaContext() context: RequestContext) {
    this.policy.enforce(context, 'os_compute_api:os-hypervisors');
    const services = new Map((await this.services.list()).map((service) => [service.id, service]));
    const nodes = await this.nodes.usage();
    return { hypervisors: nodes.map((node) => this.#view(node, services.get(node.service_id))) };
  }

  #view(node: ComputeNodeUsage, service: Service | undefined) {
    const { vcpus, vcpus_used, memory_mb, memory_mb_used, local_gb, local_gb_used, running_vms } = node;
    return {
      id: node.id,
      hypervisor_hostname: node.hypervisor_hostname,
      hypervisor_type: node.hypervisor_type,
      state: service && isUp(service, this.#downTime) ? 'up' : 'down',
      status: service?.disabled ? 'disabled' : 'enabled',
      vcpus,
      vcpus_used,
      memory_mb,
      memory_mb_used,
      free_ram_mb: memory_mb - memory_mb_used,
      local_gb,
      local_gb_used,
      free_disk_gb: local_gb - local_gb_used,
      running_vms,
      service: { id: node.service_id, host: node.host, disabled_reason: null },
    };
  }
}
