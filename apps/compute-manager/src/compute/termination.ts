import { Instance } from '@bootlab/nova';
import { novaException, powerStates, RequestContext, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { RemoteInstances } from '../conductor/remote-instances';
import { NamedLocks } from '../lockutils';
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
  ) {}

  /** Waits for whatever is being done to the instance, then deletes it. Plays `ComputeManager.terminate_instance`. */
  async terminateInstance(context: RequestContext, instance: Instance): Promise<void> {
    await this.locks.synchronized(instance.uuid, () =>
      this.events.around(context, instance.uuid, 'compute_terminate_instance', () =>
        this.deleteInstance(context, instance),
      ),
    );
  }

  /** Takes the guest off the host and marks the instance as deleted. Plays `ComputeManager._delete_instance`. */
  async deleteInstance(context: RequestContext, instance: Instance): Promise<void> {
    this.notifications.aboutAction(instance, 'delete', 'start');
    await this.shutdown.shutdownInstance(instance);
    try {
      await this.instances.save(context, instance, {
        vm_state: vmStates.DELETED,
        task_state: null,
        power_state: powerStates.NOSTATE,
        terminated_at: new Date().toISOString(),
      });
      await this.instances.destroy(context, instance);
    } catch (error) {
      // Deleted already, which is what was asked for.
      if (!(error instanceof novaException.InstanceNotFound)) throw error;
    }
    this.notifications.aboutAction(instance, 'delete', 'end');
    this.tracker.release(instance);
  }
}
