import { ComputeNode, ConductorApi, Heartbeat, SERVICE_VERSION, ServiceReport } from '@bootlab/nova';
import { RequestContext } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable, OnModuleDestroy } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { ComputeConf } from '../compute-conf';
import { PatientConductor } from '../conductor/patient-conductor';

/** nova's defaults: processors may be promised 16 times over, memory one and a half times. */
const RATIOS = { cpu_allocation_ratio: 16, ram_allocation_ratio: 1.5, disk_allocation_ratio: 1 };

/** Makes this host known to the conductor, with the room it has, and keeps telling that it is up. */
@Injectable()
export class HostRegistration implements OnModuleDestroy {
  readonly #service: ServiceReport;
  readonly #heartbeat: Heartbeat;

  constructor(
    private readonly patient: PatientConductor,
    private readonly conf: ComputeConf,
    conductor: ConductorApi,
    logger: LabLogger,
  ) {
    this.#service = { host: conf.host, binary: 'nova-compute', topic: 'compute', version: SERVICE_VERSION };
    const values = { ...this.#service };
    this.#heartbeat = new Heartbeat({
      report: () => conductor.objectAction(RequestContext.admin(), 'Service', 'save', {}, values),
      warn: (message) => logger.warn(message),
    });
  }

  /** @throws Error when no conductor answers in time */
  async register(context: RequestContext): Promise<void> {
    const { host, capacity } = this.conf;
    const { id } = await this.patient.objectAction(context, 'Service', 'save', {}, { ...this.#service });
    const node: Omit<ComputeNode, 'id'> = {
      uuid: randomUUID(),
      service_id: Number(id),
      host,
      hypervisor_hostname: host,
      hypervisor_type: 'simulated',
      ...capacity,
      ...RATIOS,
    };
    await this.patient.objectAction(context, 'ComputeNode', 'save', {}, { ...node });
    this.#heartbeat.start();
  }

  onModuleDestroy(): void {
    this.#heartbeat.stop();
  }
}
