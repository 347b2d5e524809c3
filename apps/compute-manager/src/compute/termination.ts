import { Instance } from '@bootlab/nova';
import { novaException, powerStates, RequestContext, vmStates } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { RemoteInstances } from '../conductor/remote-instances';
import { NamedLocks } from '../lockutils';
import { ErrorState } from './error-state';
import { EscapedExceptions } from './escaped-exceptions';
import { EventReporter } from './event-reporter';
import { InstanceNotifications } from './notifications';
import { ResourceTracker } from './resource-tracker';
import { InstanceShutdown } from './shutdown-instance';

/** Ends instances of this host. */
@Injectable()
export class Termination {
  constructor(
    private readonly locks: NamedLocks,
    private readonly events: EventReporter,
    private readonly shutdown: InstanceShutdown,
    private readonly tracker: ResourceTracker,
    private readonly instances: RemoteInstances,
    private readonly notifications: InstanceNotifications,
    private readonly escaped: EscapedExceptions,
    private readonly errorState: ErrorState,
    private readonly logger: LabLogger,
  ) {}

  /**
   * Waits for whatever is being done to the instance, then deletes it. One that cannot be deleted ends in state error, with a
   * fault and without a task. Plays `ComputeManager.terminate_instance`.
   */
  async terminateInstance(context: RequestContext, instance: Instance): Promise<void> {
    const { uuid } = instance;
    await this.escaped.revertsTaskState(context, instance, () =>
      this.events.around(context, uuid, 'compute_terminate_instance', () =>
        this.escaped.wrapInstanceFault(context, instance, () =>
          this.locks.synchronized(uuid, () => this.#doTerminateInstance(context, instance)),
        ),
      ),
    );
  }

  /**
   * Takes the guest off the host and marks the instance as deleted. Plays `ComputeManager._delete_instance`.
   * @throws InstanceNotFound when it is deleted already, and whatever keeps it from being deleted
   */
  async deleteInstance(context: RequestContext, instance: Instance): Promise<void> {
    this.notifications.aboutAction(instance, 'delete', 'start');
    await this.shutdown.shutdownInstance(instance);
    await this.instances.save(context, instance, {
      vm_state: vmStates.DELETED,
      task_state: null,
      power_state: powerStates.NOSTATE,
      terminated_at: new Date().toISOString(),
    });
    await this.completeDeletion(context, instance);
  }

  /** Marks an instance as deleted that has the state already. Plays `ComputeManager._complete_partial_deletion`. */
  async completeDeletion(context: RequestContext, instance: Instance): Promise<void> {
    await this.instances.destroy(context, instance);
    this.tracker.release(instance);
    this.notifications.aboutAction(instance, 'delete', 'end');
  }

  async #doTerminateInstance(context: RequestContext, instance: Instance): Promise<void> {
    try {
      await this.deleteInstance(context, instance);
    } catch (error) {
      if (error instanceof novaException.InstanceNotFound) {
        this.logger.log(`Instance ${instance.uuid} was deleted before this host could do it.`);
        this.tracker.release(instance);
        return;
      }
      this.logger.error(error);
      await this.errorState.setInstanceObjErrorState(context, instance);
      throw error;
    }
  }
}
