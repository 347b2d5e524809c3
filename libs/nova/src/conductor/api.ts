import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { BuildInstancesArgs, ComputeTaskRpcApi, ScheduleAndBuildArgs } from './rpcapi';

/** What the conductor does for the compute API. Plays `nova.conductor.api.ComputeTaskAPI`. */
@Injectable()
export class ComputeTaskApi {
  constructor(private readonly conductor: ComputeTaskRpcApi) {}

  /** Returns once the message is on its way. @throws MessageDeliveryFailure when no conductor listens */
  @Hop('nova.conductor.api.ComputeTaskAPI.schedule_and_build_instances')
  async scheduleAndBuildInstances(context: RequestContext, args: ScheduleAndBuildArgs): Promise<void> {
    await this.conductor.scheduleAndBuildInstances(context, args);
  }

  /** For a compute host that hands an instance on. @throws as {@link scheduleAndBuildInstances} */
  @Hop('nova.conductor.api.ComputeTaskAPI.build_instances')
  async buildInstances(context: RequestContext, args: BuildInstancesArgs): Promise<void> {
    await this.conductor.buildInstances(context, args);
  }
}
