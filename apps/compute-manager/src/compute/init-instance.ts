import { Hop } from '@bootlab/hop';
import type { Instance } from '@bootlab/nova';
import { novaException, RequestContext, taskStates, vmStates } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { RemoteFaults } from '../conductor/remote-faults';
import { RemoteInstances } from '../conductor/remote-instances';
import { ResourceTracker } from './resource-tracker';
import { InstanceShutdown } from './shutdown-instance';
import { Termination } from './termination';

/** Puts in order what this host was at when it last stopped. */
@Injectable()
export class InstanceInit {
  constructor(
    private readonly instances: RemoteInstances,
    private readonly faults: RemoteFaults,
    private readonly tracker: ResourceTracker,
    private readonly shutdown: InstanceShutdown,
    private readonly termination: Termination,
    private readonly logger: LabLogger,
  ) {}

  /**
   * A build that was cut off ends in state error with a fault, a deletion is carried out, and what is well counts among
   * the host's instances again.
   */
  @Hop('nova.compute.manager.ComputeManager._init_instance', {
    in: (_: RequestContext, { uuid, vm_state, task_state }: Instance) => ({
      'instance.uuid': uuid,
      'instance.vm_state': vm_state ?? 'None',
      'instance.task_state': task_state ?? 'None',
    }),
  })
  async initInstance(context: RequestContext, instance: Instance): Promise<void> {
    const { uuid, vm_state, task_state } = instance;
    if (task_state === taskStates.DELETING) {
      this.logger.warn(`Instance ${uuid} was being deleted when this host stopped: deleting it now.`);
      await this.#unhindered(() => this.termination.deleteInstance(context, instance));
    } else if (vm_state === vmStates.DELETED) {
      await this.#unhindered(() => this.termination.completeDeletion(context, instance));
    } else if (vm_state === vmStates.BUILDING) {
      this.logger.warn(`Instance ${uuid} was being built when this host stopped: setting it to ERROR.`);
      await this.#giveUp(context, instance);
    } else {
      this.tracker.updateUsageFromInstance(instance);
    }
  }

  /** An instance that cannot be deleted keeps no host from its start. */
  async #unhindered(deletion: () => Promise<void>): Promise<void> {
    try {
      await deletion();
    } catch (error) {
      this.logger.error(error);
    }
  }

  async #giveUp(context: RequestContext, instance: Instance): Promise<void> {
    const { uuid } = instance;
    await this.shutdown.shutdownInstance(instance);
    const reason = 'the compute host stopped while it was building the instance. Delete it and boot again';
    await this.faults.add(context, uuid, new novaException.BuildAbortException({ instance_uuid: uuid, reason }));
    await this.instances.save(context, instance, {
      vm_state: vmStates.ERROR,
      task_state: null,
      host: null,
      node: null,
    });
    await this.instances.deleteAllocation(context, instance);
  }
}
