import { Hop } from '@bootlab/hop';
import type { BuildAndRunArgs, Instance } from '@bootlab/nova';
import { novaException, RequestContext, taskStates, vmStates } from '@bootlab/openstack';
import { LabLogger } from '@bootlab/tracing';
import { Injectable } from '@nestjs/common';
import { AsyncResource } from 'node:async_hooks';
import { RemoteInstances } from '../conductor/remote-instances';
import { BlockDevicePreparation } from './block-devices';
import { NetworkInfoAsync, Networks } from './networks';
import { InstanceShutdown } from './shutdown-instance';

/** What a guest is made of, beside its image. */
interface Resources {
  networkInfo: NetworkInfoAsync;
  /** Takes the instance off this host again. */
  cleanUp(): Promise<void>;
}

function isGone(error: unknown): boolean {
  return (
    error instanceof novaException.InstanceNotFound || error instanceof novaException.UnexpectedDeletingTaskStateError
  );
}

function abort(instance: Instance, error: unknown): Error {
  const reason = error instanceof Error ? error.message : String(error);
  return new novaException.BuildAbortException({ instance_uuid: instance.uuid, reason }, { cause: error });
}

/** Gives an instance its resources for as long as it is being built. */
@Injectable()
export class BuildResources {
  constructor(
    private readonly networks: Networks,
    private readonly blockDevices: BlockDevicePreparation,
    private readonly instances: RemoteInstances,
    private readonly shutdown: InstanceShutdown,
    private readonly logger: LabLogger,
  ) {}

  /**
   * Runs `work` with the instance's resources; when it fails, they are given back before the error goes on.
   * @throws BuildAbortException when the resources cannot be had, or cannot be given back
   */
  async around(
    context: RequestContext,
    args: BuildAndRunArgs,
    work: (networkInfo: NetworkInfoAsync) => Promise<void>,
  ): Promise<void> {
    const resources = await this.buildResources(context, args);
    try {
      await work(resources.networkInfo);
    } catch (error) {
      await resources.networkInfo.finished();
      // Only a clean host may be left behind for a second try elsewhere.
      await resources.cleanUp().catch((failed: unknown) => {
        this.logger.warn(
          `Instance ${args.instance.uuid} could not be cleaned up, so no other host tries: ${String(failed)}`,
        );
        throw abort(args.instance, error);
      });
      throw error;
    }
  }

  @Hop('nova.compute.manager.ComputeManager._build_resources', {
    in: (_: RequestContext, { instance }: BuildAndRunArgs) => ({ 'instance.uuid': instance.uuid }),
  })
  private async buildResources(context: RequestContext, args: BuildAndRunArgs): Promise<Resources> {
    const { instance, requested_networks, block_device_mapping: devices } = args;
    let networkInfo: NetworkInfoAsync | undefined;
    try {
      networkInfo = await this.networks.buildNetworksForInstance(context, instance, requested_networks);
      const root_device_name = this.blockDevices.defaultBlockDeviceNames(instance, devices);
      await this.instances.save(context, instance, {
        vm_state: vmStates.BUILDING,
        task_state: taskStates.BLOCK_DEVICE_MAPPING,
        root_device_name,
      });
      this.blockDevices.prepBlockDevice(instance, devices);
      // The clean-up belongs to this hop, whenever it runs.
      const cleanUp = AsyncResource.bind(() => this.shutdown.shutdownInstance(instance));
      return { networkInfo, cleanUp };
    } catch (error) {
      await networkInfo?.finished();
      throw isGone(error) ? error : abort(instance, error);
    }
  }
}
