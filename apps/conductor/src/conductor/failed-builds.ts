import { Hop } from '@bootlab/hop';
import type { BuildRequest } from '@bootlab/nova';
import { Allocations, BuildRequests, InstanceFaults, InstanceMappings, Instances } from '@bootlab/nova-db';
import { novaException, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { setVmStateAndNotify } from '../scheduler/vm-state';
import { ConductorConf } from './conductor-conf';

const FAILED = { vm_state: vmStates.ERROR, task_state: null };

/** What becomes of instances that no host gets to build. */
@Injectable()
export class FailedBuilds {
  constructor(
    private readonly instances: Instances,
    private readonly faults: InstanceFaults,
    private readonly mappings: InstanceMappings,
    private readonly buildRequests: BuildRequests,
    private readonly allocations: Allocations,
    private readonly conf: ConductorConf,
  ) {}

  /** Makes rows for instances that found no host, in cell0 and in state error, each with the reason as its fault. */
  @Hop('nova.conductor.manager.ComputeTaskManager._bury_in_cell0', {
    in: (error: Error, buildRequests: BuildRequest[]) => ({
      'instance.uuids': buildRequests.map(({ instance_uuid }) => instance_uuid),
      'fault.type': error.name,
    }),
  })
  async buryInCell0(error: Error, buildRequests: BuildRequest[]): Promise<void> {
    for (const { instance_uuid, instance } of buildRequests) {
      await this.instances.create(instance);
      await this.setVmStateAndNotify(instance_uuid, error);
      await this.mappings.setCell(instance_uuid, 'cell0');
    }
    for (const { instance_uuid } of buildRequests) {
      // Who deleted the server while it was being scheduled expects it gone.
      if (!(await this.#dropBuildRequest(instance_uuid))) await this.instances.destroyIfThere(instance_uuid);
    }
  }

  /** Puts instances that have rows already into state error, and gives back what they claimed. */
  @Hop('nova.conductor.manager.ComputeTaskManager._cleanup_build_artifacts', {
    in: (error: Error, uuids: string[]) => ({ 'instance.uuids': uuids, 'fault.type': error.name }),
  })
  async cleanupBuildArtifacts(error: Error, uuids: string[]): Promise<void> {
    for (const uuid of uuids) {
      await this.setVmStateAndNotify(uuid, error);
      await this.mappings.setCell(uuid, 'cell1');
      await this.#dropBuildRequest(uuid);
      await this.allocations.delete(uuid);
    }
  }

  /** Puts an instance that no host is left for into state error. Its networks went with the host that failed last. */
  @Hop('nova.conductor.manager.ComputeTaskManager._cleanup_when_reschedule_fails', {
    in: (error: Error, uuid: string) => ({ 'instance.uuid': uuid, 'fault.type': error.name }),
  })
  async cleanupWhenRescheduleFails(error: Error, uuid: string): Promise<void> {
    await this.setVmStateAndNotify(uuid, error);
  }

  @Hop('nova.conductor.manager.ComputeTaskManager._set_vm_state_and_notify', {
    in: (uuid: string) => ({ 'instance.uuid': uuid }),
  })
  private async setVmStateAndNotify(uuid: string, error: Error): Promise<void> {
    const { instances, faults } = this;
    await setVmStateAndNotify({ instances, faults, host: this.conf.host }, uuid, 'build_instances', FAILED, error);
  }

  /** Whether there was one. */
  async #dropBuildRequest(uuid: string): Promise<boolean> {
    try {
      await this.buildRequests.destroy(uuid);
      return true;
    } catch (error) {
      if (error instanceof novaException.BuildRequestNotFound) return false;
      throw error;
    }
  }
}
