import { ComputeRpcApi, Instance } from '@bootlab/nova';
import { BlockDevices, InstanceActions, instanceActions, Instances } from '@bootlab/nova-db';
import { messagingException, novaException, RequestContext, taskStates, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { BuildArtifactsStore } from './build-artifacts';
import { ServerLookup } from './get';

/** Deletes servers, however far they have come. Plays `API.delete` and what stands below it. */
@Injectable()
export class ServerDeletion {
  constructor(
    private readonly lookup: ServerLookup,
    private readonly artifacts: BuildArtifactsStore,
    private readonly instances: Instances,
    private readonly actions: InstanceActions,
    private readonly devices: BlockDevices,
    private readonly compute: ComputeRpcApi,
  ) {}

  /** Returns once the deletion is under way. @throws InstanceNotFound */
  async delete(context: RequestContext, uuid: string): Promise<void> {
    const { instance } = await this.lookup.get(context, uuid);
    if (instance.id === undefined && (await this.#cancelled(uuid))) return;
    await this.#deleteInstance(context, await this.instances.getByUuid(uuid));
  }

  /** Whether the server could be stopped before the conductor was done with it. */
  async #cancelled(uuid: string): Promise<boolean> {
    try {
      await this.artifacts.cancel(uuid);
      return true;
    } catch (error) {
      if (error instanceof novaException.BuildRequestNotFound) return false;
      throw error;
    }
  }

  async #deleteInstance(context: RequestContext, instance: Instance): Promise<void> {
    if (instance.task_state === taskStates.DELETING) return;
    await this.instances.save(instance.uuid, { task_state: taskStates.DELETING, progress: 0 });
    await this.actions.actionStart(context, instance.uuid, instanceActions.DELETE);
    if (instance.host === null || !(await this.#terminate(context, instance))) await this.#localDelete(instance.uuid);
  }

  /** Whether the instance's host has been told. */
  async #terminate(context: RequestContext, instance: Instance): Promise<boolean> {
    const devices = await this.devices.getByInstanceUuid(instance.uuid);
    try {
      await this.compute.terminateInstance(context, instance, devices);
      return true;
    } catch (error) {
      if (error instanceof messagingException.MessageDeliveryFailure) return false;
      throw error;
    }
  }

  /** For an instance on no host, or on one that is down, which finds out when it is back. */
  async #localDelete(uuid: string): Promise<void> {
    const terminated_at = new Date().toISOString();
    await this.instances.save(uuid, { vm_state: vmStates.DELETED, task_state: null, terminated_at });
    await this.instances.destroy(uuid);
  }
}
