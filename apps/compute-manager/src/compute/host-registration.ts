import type { ComputeNode } from '@bootlab/nova';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ComputeConf } from '../compute-conf';
import { PatientConductor } from '../conductor/patient-conductor';

/** `SERVICE_VERSION` at Queens. */
const VERSION = 30;

/** nova's defaults: processors may be promised 16 times over, memory one and a half times. */
const RATIOS = { cpu_allocation_ratio: 16, ram_allocation_ratio: 1.5, disk_allocation_ratio: 1 };

/** Makes this host known to the conductor, with the room it has. */
@Injectable()
export class HostRegistration {
  constructor(
    private readonly conductor: PatientConductor,
    private readonly conf: ComputeConf,
  ) {}

  /** @throws Error when no conductor answers in time */
  async register(context: RequestContext): Promise<void> {
    const { host, capacity } = this.conf;
    const service = { host, binary: 'nova-compute', topic: 'compute', version: VERSION };
    const { id } = await this.conductor.objectAction(context, 'Service', 'save', {}, service);
    const node: Omit<ComputeNode, 'id'> = {
      uuid: randomUUID(),
      service_id: Number(id),
      host,
      hypervisor_hostname: host,
      hypervisor_type: 'simulated',
      ...capacity,
      ...RATIOS,
    };
    await this.conductor.objectAction(context, 'ComputeNode', 'save', {}, { ...node });
  }
}
