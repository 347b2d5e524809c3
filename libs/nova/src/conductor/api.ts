import { Hop } from '@bootlab/hop';
import type { RequestContext } from '@bootlab/openstack';
import { Injectable } from '@nestjs/common';
import { ComputeTaskRpcApi, ScheduleAndBuildArgs } from './rpcapi';

/** What the conductor does for the compute API. Plays `nova.conductor.api.ComputeTaskAPI`. */
@Injectable()
export class ComputeTaskApi {
  constructor(private readonly conductor: ComputeTaskRpcApi) {}

  /** Returns once the message is on its way. @throws MessageDeliveryFailure when no conductor listens */
  @Hop('nova.conductor.api.ComputeTaskAPI.schedule_and_build_instances')
  async scheduleAndBuildInstances(context: RequestContext, args: ScheduleAndBuildArgs): Promise<void> {
    await this.conductor.scheduleAndBuildInstances(context, args);
  }
}
