import { Hop } from '@bootlab/hop';
import { BuildAndRunArgs, Instance, Retry } from '@bootlab/nova';
import { RequestContext, taskStates } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { PatientConductor } from '../conductor/patient-conductor';
import { RemoteFaults } from '../conductor/remote-faults';
import { RemoteInstances } from '../conductor/remote-instances';
import { BlockDevicePreparation } from './block-devices';
import { ErrorState } from './error-state';
import { Networks } from './networks';
import { ResourceTracker } from './resource-tracker';

/** Puts things in order after a build that failed. */
@Injectable()
export class FailedBuild {
  constructor(
    private readonly networks: Networks,
    private readonly blockDevices: BlockDevicePreparation,
    private readonly faults: RemoteFaults,
    private readonly instances: RemoteInstances,
    private readonly conductor: PatientConductor,
    private readonly errorState: ErrorState,
    private readonly tracker: ResourceTracker,
  ) {}

  /** The user has deleted the instance meanwhile: nothing of it is to be told. */
  async forgotten({ instance }: BuildAndRunArgs): Promise<void> {
    await this.networks.cleanupAllocatedNetworks(instance.uuid);
  }

  /**
   * Takes the instance off this host and asks the conductor for the next one.
   * @param reason what went wrong here
   */
  async reschedule(context: RequestContext, args: BuildAndRunArgs, retry: Retry, reason: string): Promise<void> {
    const { instance, filter_properties, host_list } = args;
    await this.networks.cleanupAllocatedNetworks(instance.uuid);
    this.nilOutInstanceObjHostAndNode(instance);
    await this.instances.save(context, instance, { task_state: taskStates.SCHEDULING });
    await this.instances.deleteAllocation(context, instance);
    await this.conductor.buildInstances(context, {
      instances: [instance],
      image: args.image,
      filter_properties: { ...filter_properties, retry: { ...retry, exc_reason: reason } },
      admin_password: args.admin_password,
      injected_files: args.injected_files,
      requested_networks: args.requested_networks,
      security_groups: args.security_groups,
      block_device_mapping: args.block_device_mapping,
      request_spec: args.request_spec,
      host_lists: [host_list],
    });
  }

  /**
   * Leaves the instance in state error, on no host, with a fault.
   * @param message replaces the exception's own
   */
  async failed(context: RequestContext, args: BuildAndRunArgs, error: Error, message?: string): Promise<void> {
    const { instance, block_device_mapping: devices } = args;
    await this.networks.cleanupAllocatedNetworks(instance.uuid);
    this.blockDevices.cleanupVolumes(instance.uuid, devices);
    await this.faults.add(context, instance.uuid, error, message);
    this.nilOutInstanceObjHostAndNode(instance);
    // Its share is still taken when the build failed behind the claim; the original's periodic audit finds that out.
    this.tracker.release(instance);
    await this.errorState.setInstanceObjErrorState(context, instance, true);
  }

  @Hop('nova.compute.manager.ComputeManager._nil_out_instance_obj_host_and_node')
  private nilOutInstanceObjHostAndNode(instance: Instance): void {
    this.instances.change(instance, { host: null, node: null, availability_zone: null });
  }
}
