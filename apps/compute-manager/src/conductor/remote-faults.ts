import { addInstanceFaultFromExc } from '@bootlab/nova';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { ComputeConf } from '../compute-conf';
import { PatientConductor } from './patient-conductor';

/** Records through the conductor why an instance went wrong. */
@Injectable()
export class RemoteFaults {
  constructor(
    private readonly conductor: PatientConductor,
    private readonly conf: ComputeConf,
  ) {}

  /** @param message replaces the exception's own */
  async add(context: RequestContext, instanceUuid: string, error: Error, message?: string): Promise<void> {
    await addInstanceFaultFromExc(
      async (fault) => {
        await this.conductor.objectAction(context, 'InstanceFault', 'create', {}, { ...fault });
      },
      instanceUuid,
      this.conf.host,
      error,
      message,
    );
  }
}
