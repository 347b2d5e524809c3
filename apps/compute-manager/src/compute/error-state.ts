import { Hop } from '@bootlab/hop';
import type { Instance } from '@bootlab/nova';
import { novaException, RequestContext, vmStates } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { RemoteInstances } from '../conductor/remote-instances';

/** Puts instances into state error. */
@Injectable()
export class ErrorState {
  constructor(
    private readonly instances: RemoteInstances,
    private readonly logger: LabLogger,
  ) {}

  /** Does nothing to an instance that is gone. @param cleanTaskState leaves it without a task, too */
  @Hop('nova.compute.manager.ComputeManager._set_instance_obj_error_state', {
    in: (_: RequestContext, { uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  async setInstanceObjErrorState(context: RequestContext, instance: Instance, cleanTaskState = false): Promise<void> {
    const changes = { vm_state: vmStates.ERROR, ...(cleanTaskState ? { task_state: null } : {}) };
    try {
      await this.instances.save(context, instance, changes);
    } catch (error) {
      if (!(error instanceof novaException.InstanceNotFound)) throw error;
      this.logger.debug(`Instance ${instance.uuid} is gone and needs no state.`);
    }
  }
}
