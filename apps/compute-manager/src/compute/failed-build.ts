import { Hop } from '@bootlab/hop';
import type { BuildAndRunArgs, Instance } from '@bootlab/nova';
import { novaException, RequestContext, vmStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { RemoteFaults } from '../conductor/remote-faults';
import { RemoteInstances } from '../conductor/remote-instances';
import { BlockDevicePreparation } from './block-devices';
import { Networks } from './networks';

/** Puts things in order after a build that failed. */
@Injectable()
export class FailedBuild {
  constructor(
    private readonly networks: Networks,
    private readonly blockDevices: BlockDevicePreparation,
    private readonly faults: RemoteFaults,
    private readonly instances: RemoteInstances,
  ) {}

  /** The user has deleted the instance meanwhile: nothing of it is to be told. */
  async forgotten({ instance }: BuildAndRunArgs): Promise<void> {
    await this.networks.cleanupAllocatedNetworks(instance.uuid);
  }

  /** Leaves the instance in state error, on no host, with a fault. */
  async failed(context: RequestContext, args: BuildAndRunArgs, error: Error): Promise<void> {
    const { instance, block_device_mapping: devices } = args;
    await this.networks.cleanupAllocatedNetworks(instance.uuid);
    this.blockDevices.cleanupVolumes(instance.uuid, devices);
    await this.faults.add(context, instance.uuid, error, faultMessage(error));
    await this.setInstanceObjErrorState(context, instance, this.nilOutInstanceObjHostAndNode());
  }

  @Hop('nova.compute.manager.ComputeManager._nil_out_instance_obj_host_and_node')
  private nilOutInstanceObjHostAndNode(): Partial<Instance> {
    return { host: null, node: null };
  }

  /** Does nothing to an instance that is gone. */
  @Hop('nova.compute.manager.ComputeManager._set_instance_obj_error_state', {
    in: (_: RequestContext, { uuid }: Instance) => ({ 'instance.uuid': uuid }),
  })
  private async setInstanceObjErrorState(
    context: RequestContext,
    instance: Instance,
    changes: Partial<Instance>,
  ): Promise<void> {
    try {
      await this.instances.save(context, instance, { ...changes, vm_state: vmStates.ERROR, task_state: null });
    } catch (error) {
      if (!(error instanceof novaException.InstanceNotFound)) throw error;
    }
  }
}

/** A build that could be tried elsewhere tells its reason alone: nobody tries. */
function faultMessage(error: Error): string | undefined {
  return error instanceof novaException.RescheduledException ? String(error.kwargs['reason']) : undefined;
}
