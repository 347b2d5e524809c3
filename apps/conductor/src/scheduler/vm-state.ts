import { hop } from '@bootlab/hop';
import { addInstanceFaultFromExc, Instance, notify } from '@bootlab/nova';
import { InstanceFaults, Instances } from '@bootlab/nova-db';

/** What a task of the conductor needs to tell that an instance failed. */
export interface FailureRecords {
  instances: Instances;
  faults: InstanceFaults;
  /** The conductor's host. */
  host: string;
}

/** Saves the instance's states, records the fault and notifies `compute_task.<method>`. */
export const setVmStateAndNotify = hop(
  'nova.scheduler.utils.set_vm_state_and_notify',
  async function setVmStateAndNotify(
    { instances, faults, host }: FailureRecords,
    instanceUuid: string,
    method: string,
    updates: Partial<Instance>,
    error: Error,
  ): Promise<void> {
    await instances.save(instanceUuid, updates);
    await addInstanceFaultFromExc((fault) => faults.create(fault), instanceUuid, host, error);
    notify(`compute_task.${host}`, `compute_task.${method}`, 'ERROR', {
      'instance.uuid': instanceUuid,
      'instance.vm_state': updates.vm_state ?? 'None',
      method,
      reason: error.message,
    });
  },
  {
    in: (_records, uuid, method, updates) => ({
      'instance.uuid': uuid,
      'instance.vm_state': updates.vm_state ?? 'None',
      method,
    }),
  },
);
