import { Hop } from '@bootlab/hop';
import { ExpectedStates, Instance } from '@bootlab/nova';
import { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { PatientConductor } from './patient-conductor';

/** nova's instances, as far as a host without a database gets at them: through the conductor. */
@Injectable()
export class RemoteInstances {
  readonly #unsaved = new WeakMap<Instance, Partial<Instance>>();

  constructor(private readonly conductor: PatientConductor) {}

  /** Changes fields of `instance`; they are written with its next save. */
  change(instance: Instance, changes: Partial<Instance>): void {
    Object.assign(instance, changes);
    this.#unsaved.set(instance, { ...this.#unsaved.get(instance), ...changes });
  }

  /**
   * Changes fields and saves them, with what an earlier save could not write.
   * @throws InstanceNotFound, UnexpectedTaskStateError, UnexpectedDeletingTaskStateError
   */
  async save(
    context: RequestContext,
    instance: Instance,
    changes: Partial<Instance>,
    expected: ExpectedStates = {},
  ): Promise<void> {
    const kwargs = {
      ...(expected.vm_state ? { expected_vm_state: expected.vm_state } : {}),
      ...(expected.task_state ? { expected_task_state: expected.task_state } : {}),
    };
    this.change(instance, changes);
    const unsaved = { ...this.#unsaved.get(instance) };
    const { uuid } = instance;
    const updates = await this.conductor.objectAction(context, 'Instance', 'save', { uuid }, unsaved, kwargs);
    this.#unsaved.delete(instance);
    Object.assign(instance, updates);
  }

  async getByHost(context: RequestContext, host: string): Promise<Instance[]> {
    return this.conductor.objectClassAction(context, 'InstanceList', 'get_by_host', { host });
  }

  /** Those that are claimed for the host and not on it yet; the original has no such question, since nothing is lost there. */
  async getOnTheWay(context: RequestContext, host: string): Promise<Instance[]> {
    return this.conductor.objectClassAction(context, 'InstanceList', 'get_on_the_way', { host });
  }

  /** @throws InstanceNotFound when it is deleted already */
  async destroy(context: RequestContext, { uuid }: Instance): Promise<void> {
    await this.conductor.objectAction(context, 'Instance', 'destroy', { uuid }, {});
  }

  /** Gives back what the instance has claimed of its host. */
  @Hop('nova.compute.manager.ComputeManager._delete_allocation_for_instance', {
    in: (_: RequestContext, { uuid }: Instance) => ({ 'instance.uuid': uuid }),
    simulated: 'No placement yet: the conductor keeps what is claimed.',
  })
  async deleteAllocation(context: RequestContext, { uuid }: Instance): Promise<void> {
    await this.conductor.objectClassAction(context, 'AllocationList', 'delete_all', { uuid });
  }
}
